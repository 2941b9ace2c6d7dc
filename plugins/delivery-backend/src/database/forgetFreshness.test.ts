// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { startDelivery } from '../__testUtils__/startDelivery';
import { forgetFreshness } from './forgetFreshness';
import { listSourceStates, saveSourceState } from './observations';

const databases = TestDatabases.create({ ids: DATABASE_IDS });
const SEEN = '2026-11-21T12:00:00.000Z';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('a start on %p', id => {
  it('keeps what sources said with its time, but not what nobody may ask for any more', async () => {
    const { knex } = await startDelivery({ knex: await databases.init(id) });
    await knex('delivery_sources').delete();
    const stale = {
      state: 'stale' as const,
      seenAt: SEEN,
      since: SEEN,
      reason: 'refused',
    };
    for (const state of [
      {
        source: 'kubernetes',
        id: 'a',
        state: 'live' as const,
        seenAt: SEEN,
      },
      { source: 'kubernetes', id: 'b', ...stale },
      { source: 'helm', id: 'a', ...stale },
    ]) {
      await saveSourceState(knex, state);
    }
    await forgetFreshness(knex);
    const states = await listSourceStates(knex);
    expect(states.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { source: 'kubernetes', id: 'a', state: 'syncing', seenAt: SEEN },
      { source: 'kubernetes', id: 'b', ...stale },
    ]);
  });
});
