// SPDX-License-Identifier: Apache-2.0
import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import { startDelivery } from '../__testUtils__/startDelivery';
import { registerPermissions } from './registerPermissions';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('registerPermissions', () => {
  it('loads the service and its environment for the rules of a policy', async () => {
    const { config, knex } = await startDelivery({
      knex: await databases.init('SQLITE_3'),
    });
    const registry = mockServices.permissionsRegistry.mock();
    registerPermissions(registry, { config, db: knex });
    const [[{ getResources, permissions, rules }]] =
      registry.addResourceType.mock.calls;
    expect(permissions?.map(({ name }) => name)).toEqual([
      'delivery.promotion.create',
      'delivery.promotion.approve',
      'delivery.promotion.override',
      'delivery.promotion.cancel',
      'delivery.logs.read',
    ]);
    expect(rules.map(({ name }) => name)).toEqual([
      'IS_ENTITY_OWNER',
      'IS_ENVIRONMENT',
      'IS_TIER',
    ]);
    await expect(
      getResources?.([
        'component:default/orders#prod',
        'component:default/orders#moon',
        'component:default/nothing#prod',
        'component:default/orders',
      ]),
    ).resolves.toEqual([
      {
        service: 'component:default/orders',
        owner: 'group:default/team-orders',
        environment: 'prod',
        tier: 'production',
      },
      undefined,
      undefined,
      undefined,
    ]);
  });
});
