// SPDX-License-Identifier: Apache-2.0
import type { Execution } from 'backstage-plugin-delivery-node';
import { judgeExecution, type ExecutionFacts } from './judgeExecution';

const execution: Execution = {
  ref: { engine: 'spinnaker', id: 'e1' },
  state: 'succeeded',
  application: 'orders',
  pipelineId: 'p',
  parameters: { chartVersion: '3.8.4' },
  startedBy: { user: 'mallory', ours: false },
  createdAt: '2026-11-16T09:00:00.000Z',
  cancelRequested: false,
  steps: [],
  deployReached: true,
  claim: 'none',
  integrity: { intact: true },
};

const facts: ExecutionFacts = {
  now: new Date('2026-11-16T09:00:30.000Z'),
  environment: { name: 'prod', entry: 'requested' },
  ours: false,
  admitted: false,
  gated: true,
  chartVersions: new Set(['3.8.3']),
  grace: 20_000,
};

const dev = { name: 'dev', entry: 'automatic' as const };

describe('an execution that was found', () => {
  it.each<
    [string, Partial<Execution>, Partial<ExecutionFacts>, string | undefined]
  >([
    [
      'nobody asked for',
      {},
      {},
      'Spinnaker execution e1 by mallory deployed to prod without a promotion.',
    ],
    [
      'nobody is known to have started',
      { startedBy: { user: '', ours: false } },
      {},
      'Spinnaker execution e1 by an unknown user deployed to prod without a promotion.',
    ],
    ['changed nothing', { deployReached: false }, {}, undefined],
    [
      'was given something else than the Release it names',
      {},
      { environment: dev, foreign: 'it was given another chart' },
      'Spinnaker execution e1 deployed to dev what is not a Release: it was given another chart.',
    ],
    [
      'was altered and changed nothing',
      { deployReached: false, integrity: { intact: false, reason: 'x' } },
      {},
      undefined,
    ],
    [
      'was altered, though it is ours',
      { integrity: { intact: false, reason: 'its claim is gone' } },
      { ours: true, admitted: true },
      'Spinnaker execution e1 did not run as it was made: its claim is gone',
    ],
    ['is ours and admitted', {}, { ours: true, admitted: true }, undefined],
    [
      'is ours and went on without its claim',
      {},
      { ours: true },
      'Spinnaker execution e1 deployed without being admitted by its claim.',
    ],
    [
      'is ours where no claim is needed',
      {},
      { ours: true, gated: false, environment: dev },
      undefined,
    ],
    [
      'brought an unknown chart into dev',
      {},
      { environment: dev },
      'Spinnaker execution e1 deployed chart 3.8.4, of which no Release is known.',
    ],
    [
      'brought no chart into dev',
      { parameters: {} },
      { environment: dev },
      'Spinnaker execution e1 deployed chart of unknown version, of which no Release is known.',
    ],
    [
      'brought a known chart into dev',
      { parameters: { chartVersion: '3.8.3' } },
      { environment: dev },
      undefined,
    ],
    [
      'is so new in dev that its Release may come yet',
      { createdAt: '2026-11-16T09:00:10.001Z' },
      { environment: dev },
      undefined,
    ],
    [
      'is no longer so new',
      { createdAt: '2026-11-16T09:00:10.000Z' },
      { environment: dev },
      'Spinnaker execution e1 deployed chart 3.8.4, of which no Release is known.',
    ],
  ])('that %s', (_, given, known, expected) => {
    expect(
      judgeExecution({ ...execution, ...given }, { ...facts, ...known }),
    ).toBe(expected);
  });
});
