// SPDX-License-Identifier: Apache-2.0
import { standingVerdicts, type StandingFacts } from './standingVerdicts';

const NOW = new Date('2026-11-16T09:00:00.000Z');

const fine: StandingFacts = {
  now: NOW,
  environment: 'prod',
  kind: 'forward',
  binding: { state: 'bound', pipelineId: 'p', pipelineHash: 'h' },
  source: { source: 'kubernetes', id: 'local', state: 'live' },
};

const hold = { since: NOW.toISOString(), reason: 'Release 3 failed.' };

const wired = {
  gate: 'binding',
  type: 'binding',
  title: 'Wiring',
  status: 'pass',
  reason:
    'The Spinnaker pipeline into prod is the one that was made for this service.',
};
const seen = {
  gate: 'seen',
  type: 'seen',
  title: 'Environment seen',
  status: 'pass',
  reason: 'prod is seen live in local.',
};

describe('the rules that no configuration can leave out', () => {
  it('pass with their reasons', () => {
    expect(standingVerdicts(fine)).toEqual([wired, seen]);
  });

  it.each<[string, Partial<StandingFacts>, object]>([
    [
      'a pipeline that was changed',
      {
        binding: {
          state: 'bound',
          pipelineId: 'p',
          pipelineHash: 'h',
          altered: 'stage 2 differs',
        },
      },
      {
        ...wired,
        status: 'fail',
        reason: 'The Spinnaker pipeline into prod was changed: stage 2 differs',
      },
    ],
    [
      'a pipeline that is not known',
      { binding: { state: 'unknown', reason: 'Gate is silent.' } },
      { ...wired, status: 'unknown', reason: 'Gate is silent.' },
    ],
    [
      'a pipeline that is missing',
      { binding: { state: 'missing', reason: 'There is none.' } },
      { ...wired, status: 'fail', reason: 'There is none.' },
    ],
    [
      'a pipeline of somebody else',
      { binding: { state: 'refused', reason: 'Not yours.' } },
      { ...wired, status: 'fail', reason: 'Not yours.' },
    ],
    [
      'a namespace of somebody else',
      {
        observation: {
          service: 'component:default/orders',
          environment: 'prod',
          observedAt: NOW.toISOString(),
          health: 'unknown',
          workloads: [],
          refused: 'Two services share it.',
        },
      },
      { ...seen, status: 'fail', reason: 'Two services share it.' },
    ],
    [
      'a cluster that was never seen',
      { source: undefined },
      { ...seen, status: 'unknown', reason: 'prod has not been seen yet.' },
    ],
    [
      'a cluster that is read for the first time',
      { source: { source: 'kubernetes', id: 'local', state: 'syncing' } },
      { ...seen, status: 'unknown', reason: 'prod has not been seen yet.' },
    ],
    [
      'a cluster that is silent',
      { source: { source: 'kubernetes', id: 'local', state: 'stale' } },
      {
        ...seen,
        status: 'unknown',
        reason:
          'prod cannot be seen: local is unreachable. It starts once the cluster answers again.',
      },
    ],
    [
      'a cluster that is silent, since when and why',
      {
        source: {
          source: 'kubernetes',
          id: 'local',
          state: 'stale',
          since: '2026-11-16T08:00:00.000Z',
          reason: 'refused',
        },
      },
      {
        ...seen,
        status: 'unknown',
        reason:
          'prod cannot be seen: local is unreachable since 2026-11-16T08:00:00.000Z (refused). It starts once the cluster answers again.',
      },
    ],
    [
      'a change from outside',
      { outside: { since: NOW.toISOString(), reason: 'Somebody did it.' } },
      {
        gate: 'outside',
        type: 'outside',
        title: 'Changed outside',
        status: 'wait',
        reason:
          'prod was changed outside: Somebody did it. Somebody must look at it and say so.',
      },
    ],
    [
      'a hold on what goes by itself',
      { hold, kind: 'automatic' },
      {
        gate: 'hold',
        type: 'hold',
        title: 'Hold',
        status: 'wait',
        reason:
          'Automatic promotion is on hold: Release 3 failed. A person must lift the hold.',
      },
    ],
    [
      'a hold on everything',
      { hold: { ...hold, scope: 'all' } },
      {
        gate: 'hold',
        type: 'hold',
        title: 'Hold',
        status: 'wait',
        reason:
          'Promotion is on hold: Release 3 failed. A person must lift the hold.',
      },
    ],
    [
      'a time that has not come',
      { scheduledFor: '2026-11-16T09:00:01.000Z' },
      {
        gate: 'schedule',
        type: 'schedule',
        title: 'Schedule',
        status: 'wait',
        reason: 'It was asked for 2026-11-16T09:00:01.000Z.',
        earliest: '2026-11-16T09:00:01.000Z',
      },
    ],
  ])('name %s', (_, given, expected) => {
    const verdicts = standingVerdicts({ ...fine, ...given });
    expect(verdicts.filter(({ status }) => status !== 'pass')).toEqual([
      expected,
    ]);
    const others = [wired, seen].filter(
      ({ gate }) => !('gate' in expected) || gate !== expected.gate,
    );
    expect(verdicts.filter(({ status }) => status === 'pass')).toEqual(others);
  });

  it.each<[string, Partial<StandingFacts>]>([
    ['a hold on what goes by itself, for a person', { hold }],
    [
      'a hold on everything, for a roll back',
      {
        hold: { ...hold, scope: 'all' },
        kind: 'rollback',
      },
    ],
    ['no hold', { kind: 'automatic' }],
    ['a time that has come', { scheduledFor: NOW.toISOString() }],
  ])('let pass: %s', (_, given) => {
    expect(standingVerdicts({ ...fine, ...given })).toEqual([wired, seen]);
  });
});
