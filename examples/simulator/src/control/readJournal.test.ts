// SPDX-License-Identifier: Apache-2.0
import { readJournal } from './readJournal';

describe('readJournal', () => {
  it('tells builds and executions among what the vendors said, newest first', () => {
    const journal = readJournal({
      entries: [{ at: '2026-01-01T10:00:02Z', where: 'charts', text: 'Chart' }],
      jenkins: {
        baseImages: [],
        jobs: [
          {
            name: 'orders/chart',
            builds: [
              {
                number: 4,
                result: 'SUCCESS',
                cause: 'Started by GitHub push',
                startedAt: '2026-01-01T10:00:01Z',
                endedAt: '2026-01-01T10:00:03Z',
              },
            ],
          },
        ],
      },
      spinnaker: {
        fault: 'none',
        pipelines: [],
        deploys: 0,
        executions: [
          {
            id: '1',
            application: 'orders',
            name: 'Deploy to dev',
            status: 'RUNNING',
            startedAt: '2026-01-01T10:00:04Z',
            stages: [],
          },
        ],
      },
    });
    expect(journal.map(({ where, text }) => `${where}: ${text}`)).toEqual([
      'spinnaker: orders: Deploy to dev, started by anonymous',
      'jenkins: orders/chart #4: SUCCESS',
      'charts: Chart',
      'jenkins: orders/chart #4: Started by GitHub push',
    ]);
  });
});
