// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { isShared } from '../database/isShared';
import { DatabaseClock } from './DatabaseClock';

const databases = TestDatabases.create({
  ids: DATABASE_IDS.filter(id => id !== 'SQLITE_3'),
});

jest.setTimeout(120_000);

describe.each(databases.eachSupportedId())('the time of %p', id => {
  afterEach(() => jest.restoreAllMocks());

  it('is what counts on a machine whose own time is ten minutes wrong', async () => {
    const knex = await databases.init(id);
    const stop = new AbortController();
    const truth = Date.now();
    const wrong = jest.spyOn(Date, 'now');
    wrong.mockImplementation(() => truth - 600_000);
    const clock = await DatabaseClock.start(knex, {
      logger: mockServices.logger.mock(),
      signal: stop.signal,
    });
    const first = clock.now().getTime();
    wrong.mockImplementation(() => truth + 600_000);
    const second = clock.now().getTime();
    await clock.compare();
    const third = clock.now().getTime();
    stop.abort();
    for (const seen of [first, second, third]) {
      expect(Math.abs(seen - truth)).toBeLessThan(30_000);
    }
    expect(second).toBeGreaterThanOrEqual(first);
    expect(isShared(knex)).toBe(true);
  });
});
