// SPDX-License-Identifier: Apache-2.0
import {
  TestDatabases,
  mockServices,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FakeClock } from 'backstage-plugin-delivery-node/testUtils';
import { readDeliveryConfig } from '../config/readDeliveryConfig';
import { listFindings } from '../database/findings';
import { listServices } from '../database/services';
import { ServiceCatalog } from './ServiceCatalog';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: DATABASE_IDS });

const component = (
  name: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', uid: `uid-${name}`, annotations },
  spec: { system: 'shop' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-orders' }],
});

const config = readDeliveryConfig(
  new ConfigReader({
    delivery: {
      environments: ['dev', 'prod'].map(name => ({
        name,
        tier: 'development',
        cluster: 'local',
        namespace: `{service}-${name}`,
        account: 'local',
      })),
      paths: {
        shared: {
          environments: [
            {
              name: 'dev',
              tier: 'development',
              cluster: 'local',
              namespace: 'orders-dev',
              account: 'local',
            },
          ],
        },
      },
    },
  }),
  { gates: [] },
);

async function start(databaseId: TestDatabaseId, entities: Entity[]) {
  const db = await databases.init(databaseId);
  await db.migrate.latest({
    directory: resolvePackagePath(
      'backstage-plugin-delivery-backend',
      'migrations',
    ),
  });
  const inCatalog = [...entities];
  const changed: string[][] = [];
  const catalog = catalogServiceMock.mock({
    streamEntities: (request, options) =>
      catalogServiceMock({ entities: inCatalog }).streamEntities(
        request,
        options,
      ),
  });
  const services = new ServiceCatalog({
    catalog,
    auth: mockServices.auth(),
    db,
    config,
    clock: new FakeClock(),
    logger: mockServices.logger.mock(),
    onServices: some => changed.push(some.map(one => one.name)),
  });
  return { db, inCatalog, changed, catalog, services };
}

describe.each(databases.eachSupportedId())('ServiceCatalog on %s', id => {
  it('takes the components that ask for delivery, and forgets them when they are gone', async () => {
    const { db, inCatalog, changed, services } = await start(id, [
      component('orders', {
        'jenkins.io/job-full-name': 'orders',
        'spinnaker.io/application-name': 'orders',
        'backstage.io/kubernetes-id': 'orders',
      }),
      component('website', {}),
    ]);
    await services.refresh();
    await expect(listServices(db)).resolves.toEqual([
      {
        entityRef: 'component:default/orders',
        uid: 'uid-orders',
        name: 'orders',
        title: 'orders',
        owner: 'group:default/team-orders',
        system: 'shop',
        path: 'default',
        annotations: {
          'jenkins.io/job-full-name': 'orders',
          'spinnaker.io/application-name': 'orders',
          'backstage.io/kubernetes-id': 'orders',
        },
      },
    ]);
    expect(services.targets.current()).toEqual([
      {
        service: 'component:default/orders',
        environment: 'dev',
        cluster: 'local',
        namespace: 'orders-dev',
        selector: 'backstage.io/kubernetes-id=orders',
      },
      {
        service: 'component:default/orders',
        environment: 'prod',
        cluster: 'local',
        namespace: 'orders-prod',
        selector: 'backstage.io/kubernetes-id=orders',
      },
    ]);
    await services.refresh();
    expect(changed).toEqual([['orders']]);
    inCatalog.splice(0, 1);
    await services.refresh();
    await expect(listServices(db)).resolves.toEqual([]);
    expect(services.targets.current()).toEqual([]);
  });

  it('says what is wrong with an annotation, until it is mended', async () => {
    const { db, inCatalog, services } = await start(id, [
      component('orders', {
        'jenkins.io/job-full-name': 'http://jenkins.example/job/orders',
        'spinnaker.io/application-name': 'orders',
      }),
      component('billing', {
        'jenkins.io/job-full-name': 'billing',
        'delivery/path': 'nightly',
      }),
    ]);
    await services.refresh();
    const [orders] = await listServices(db);
    expect(orders.annotations).toEqual({
      'spinnaker.io/application-name': 'orders',
    });
    await expect(
      listFindings(db, 'component:default/orders'),
    ).resolves.toMatchObject([
      {
        subject: 'annotation:jenkins.io/job-full-name',
        state: 'refused',
        detail:
          'The annotation jenkins.io/job-full-name must be the full name of a Jenkins folder, such as team/orders.',
      },
      {
        subject: 'chart',
        state: 'missing',
        detail:
          'component:default/orders depends on no Resource of type helm-chart; name its chart repository in spec.dependsOn.',
      },
    ]);
    await expect(
      listFindings(db, 'component:default/billing'),
    ).resolves.toMatchObject([
      {
        subject: 'annotation:delivery/path',
        detail:
          'The annotation delivery/path must name a promotion path, and "nightly" is none; there are default, shared.',
      },
    ]);
    inCatalog[0] = component('orders', {
      'jenkins.io/job-full-name': 'orders',
    });
    await services.refresh();
    await expect(
      listFindings(db, 'component:default/orders'),
    ).resolves.toMatchObject([{ subject: 'chart' }]);
  });

  it('marks the namespace that two services would share', async () => {
    const { services } = await start(id, [
      component('orders', {
        'jenkins.io/job-full-name': 'orders',
        'backstage.io/kubernetes-id': 'orders',
      }),
      component('copycat', {
        'jenkins.io/job-full-name': 'orders',
        'backstage.io/kubernetes-id': 'orders',
        'delivery/path': 'shared',
      }),
    ]);
    await services.refresh();
    expect(
      services.targets
        .current()
        .map(({ service, namespace, contested }) => [
          service,
          namespace,
          contested,
        ]),
    ).toEqual(
      expect.arrayContaining([
        ['component:default/copycat', 'orders-dev', true],
        ['component:default/orders', 'orders-dev', true],
        ['component:default/orders', 'orders-prod', undefined],
      ]),
    );
  });

  it('keeps what it knows while the catalog is away', async () => {
    const { db, catalog, services } = await start(id, [
      component('orders', { 'jenkins.io/job-full-name': 'orders' }),
    ]);
    await services.refresh();
    catalog.streamEntities.mockImplementation(() => {
      throw new Error('The catalog is away');
    });
    await services.refresh();
    await expect(listServices(db)).resolves.toHaveLength(1);
  });
});
