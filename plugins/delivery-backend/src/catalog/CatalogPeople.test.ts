// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Commit } from 'backstage-plugin-delivery-common';
import { FakeClock } from 'backstage-plugin-delivery-node/testUtils';
import { CatalogPeople } from './CatalogPeople';

const entity = (
  kind: string,
  name: string,
  relations: [string, string][] = [],
  email?: string,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: email ? { profile: { email } } : {},
  relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
});

const ORGANISATION = [
  entity('Group', 'platform', [
    ['hasMember', 'user:default/chidi'],
    ['parentOf', 'group:default/sre'],
  ]),
  entity('Group', 'sre', [
    ['hasMember', 'user:default/lee'],
    ['parentOf', 'group:default/platform'],
  ]),
  entity('Group', 'team-orders', [
    ['hasMember', 'user:default/anna'],
    ['hasMember', 'user:default/ben'],
  ]),
  entity('User', 'anna', [], 'anna@northwind.example'),
  entity('User', 'ben', [], 'ben@northwind.example'),
];

const service = {
  entityRef: 'component:default/orders',
  owner: 'group:default/team-orders',
};

const commit = (email?: string): Commit => ({
  id: 'a'.repeat(40),
  title: 'Change something',
  author: { name: 'Somebody', email },
});

function start(entities = ORGANISATION) {
  const catalog = catalogServiceMock({ entities });
  const clock = new FakeClock();
  const people = new CatalogPeople({
    catalog,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    clock,
  });
  return { catalog, clock, people };
}

describe('CatalogPeople', () => {
  it.each([
    ['owner', ['user:default/anna', 'user:default/ben']],
    ['group:default/platform', ['user:default/chidi', 'user:default/lee']],
    ['group:platform', ['user:default/chidi', 'user:default/lee']],
    ['user:default/anna', ['user:default/anna']],
    ['user:default/nobody', undefined],
    ['group:default/nobody', undefined],
    ['component:default/orders', undefined],
    ['not: a ref', undefined],
  ])('knows who is behind %s', async (from, expected) => {
    const { people } = start();
    await expect(
      people.membersOf(from, { service, fresh: false }),
    ).resolves.toEqual(expected);
  });

  it('does not know the owner of a service without one', async () => {
    const { people } = start();
    await expect(
      people.membersOf('owner', {
        service: { entityRef: service.entityRef },
        fresh: true,
      }),
    ).resolves.toBeUndefined();
  });

  it('is certain of who is there and who is not, once the catalog knows anybody of the kind', async () => {
    const names = [
      'group:default/platform',
      'group:default/nobody',
      'user:default/anna',
      'user:default/nobody',
    ];
    await expect(start().people.certainly(names)).resolves.toEqual(
      new Map<string, unknown>([
        ['group:default/platform', ['user:default/chidi', 'user:default/lee']],
        ['group:default/nobody', 'absent'],
        ['user:default/anna', ['user:default/anna']],
        ['user:default/nobody', 'absent'],
      ]),
    );
    const groups = ORGANISATION.filter(({ kind }) => kind === 'Group');
    const certain = await start(groups).people.certainly(names);
    expect([...certain.keys()]).toEqual([
      'group:default/platform',
      'group:default/nobody',
    ]);
    await expect(start([]).people.certainly(names)).resolves.toEqual(new Map());
  });

  it('is certain of nobody while the catalog cannot be asked', async () => {
    const { catalog, people } = start();
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('not there'));
    await expect(
      people.certainly(['group:default/platform', 'user:default/anna']),
    ).resolves.toEqual(new Map());
  });

  it('remembers for five seconds, and not at all when asked for fresh facts', async () => {
    const { catalog, clock, people } = start();
    const ask = jest.spyOn(catalog, 'getEntitiesByRefs');
    const from = 'group:default/team-orders';
    await people.membersOf(from, { service, fresh: false });
    await people.membersOf(from, { service, fresh: false });
    expect(ask).toHaveBeenCalledTimes(1);
    await people.membersOf(from, { service, fresh: true });
    expect(ask).toHaveBeenCalledTimes(2);
    clock.advance({ seconds: 6 });
    await people.membersOf(from, { service, fresh: false });
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('does not know anybody while the catalog cannot be asked', async () => {
    const { catalog, people } = start();
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('The catalog is away'));
    await expect(
      people.membersOf('owner', { service, fresh: true }),
    ).resolves.toBeUndefined();
  });

  it('finds the authors of commits by the e-mail of their profile', async () => {
    const { people } = start();
    await expect(
      people.authorsOf(
        [
          commit('anna@northwind.example'),
          commit('anna@northwind.example'),
          commit('robot@northwind.example'),
          commit(),
        ],
        { fresh: true },
      ),
    ).resolves.toEqual(['user:default/anna']);
  });
});
