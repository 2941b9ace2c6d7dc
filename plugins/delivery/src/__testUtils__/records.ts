// SPDX-License-Identifier: Apache-2.0
import {
  buildSummarySchema,
  historyEntrySchema,
  releaseDiffSchema,
  type BuildSummary,
  type HistoryEntry,
  type ReleaseDiff,
} from 'backstage-plugin-delivery-common';
import { ulid } from './ids';
import { ago } from './instants';
import { release, releaseSummary } from './releases';

/** What happened to the service orders, newest first. */
export const history: HistoryEntry[] = [
  {
    id: 'h7',
    at: ago({ minutes: 25 }),
    kind: 'approved',
    environment: 'production-eu',
    by: 'user:default/chidi',
    summary: 'approved Release 42 for production-eu',
    reason: 'Checked the tax split with finance.',
    promotionId: ulid(318),
    promotionNumber: 318,
  },
  {
    id: 'h6',
    at: ago({ hours: 2 }),
    kind: 'requested',
    environment: 'production-eu',
    by: 'user:default/anna',
    summary: 'asked to promote Release 42 to production-eu',
    reason: 'Tax split for Monday’s invoices.',
    promotionId: ulid(318),
    promotionNumber: 318,
  },
  {
    id: 'h5',
    at: ago({ hours: 3 }),
    kind: 'verified',
    environment: 'staging',
    summary: 'Release 42 verified in staging',
  },
  {
    id: 'h4',
    at: ago({ days: 1 }),
    kind: 'release',
    summary: 'Release 42 made by Jenkins build #1179',
  },
].map(entry => historyEntrySchema.parse(entry));

/** Jenkins builds of the service orders, newest first. */
export const builds: BuildSummary[] = [
  {
    job: 'orders/chart',
    number: 1188,
    state: 'running',
    startedAt: ago({ minutes: 1 }),
  },
  {
    job: 'orders/chart',
    number: 1187,
    url: 'https://jenkins.example.com/job/orders/job/chart/1187/',
    state: 'succeeded',
    startedAt: '2026-11-20T10:24:00.000Z',
    duration: 372_000,
    cause: 'Started by push',
    commit: 'a31f9c2',
    tests: { passed: 412, failed: 0, skipped: 0 },
    releaseNumber: 44,
  },
  {
    job: 'orders/image',
    number: 1186,
    state: 'failed',
    startedAt: '2026-11-20T09:50:00.000Z',
    duration: 358_000,
    commit: '77d0e45',
    tests: { passed: 409, failed: 3, skipped: 0 },
  },
].map(build => buildSummarySchema.parse(build));

/** What Release 42 changes where Release 41 runs. */
export function diff(environment: string, to: number, from = 41): ReleaseDiff {
  return releaseDiffSchema.parse({
    environment,
    from: releaseSummary(from),
    to: releaseSummary(to),
    commits: release(to).change.commits,
    values: {
      state: 'known',
      file: `values-${environment}.yaml`,
      added: 2,
      removed: 1,
      lines: [
        { kind: 'hunk', text: '@@ -12,4 +12,5 @@ orders' },
        { kind: 'context', text: 'outbox:', before: 12, after: 12 },
        { kind: 'removed', text: '  batchSize: 100', before: 13 },
        { kind: 'added', text: '  batchSize: 200', after: 13 },
        { kind: 'added', text: '  interval: 5s', after: 14 },
        { kind: 'context', text: 'replicas: 4', before: 14, after: 15 },
      ],
    },
  });
}
