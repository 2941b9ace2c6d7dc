// SPDX-License-Identifier: Apache-2.0
import type { GateVerdict } from 'backstage-plugin-delivery-common';
import { gateContext, NOW } from '../__testUtils__/gateContext';
import { UpstreamGate } from '../gates/UpstreamGate';
import { decide, evaluateGates } from './decide';

function verdict(given: Partial<GateVerdict>): GateVerdict {
  return {
    gate: 'g',
    type: 'g',
    title: 'Gate',
    status: 'pass',
    reason: 'Because.',
    ...given,
  };
}

describe('decide', () => {
  it.each([
    [[], 'proceed'],
    [['pass', 'pass'], 'proceed'],
    [['pass', 'wait'], 'wait'],
    [['pass', 'unknown'], 'wait'],
    [['unknown', 'wait', 'fail'], 'stop'],
  ] as const)('%j makes %s', (statuses, outcome) => {
    expect(
      decide(
        statuses.map(status => verdict({ status })),
        NOW,
      ).outcome,
    ).toBe(outcome);
  });

  it('is as early as the last of the gates', () => {
    const times = ['2026-11-16T12:00:00.000Z', '2026-11-17T07:00:00.000Z'];
    expect(
      decide(
        times.map(earliest => verdict({ status: 'wait', earliest })),
        NOW,
      ).earliest,
    ).toBe(times[1]);
  });

  it('knows no time when a person is needed, or nothing more is possible', () => {
    const timed = verdict({
      status: 'wait',
      earliest: '2026-11-16T12:00:00.000Z',
    });
    expect(
      decide([timed, verdict({ status: 'wait' })], NOW).earliest,
    ).toBeUndefined();
    expect(
      decide([timed, verdict({ status: 'fail' })], NOW).earliest,
    ).toBeUndefined();
  });

  it('says who can act, each once', () => {
    expect(
      decide(
        [
          verdict({ status: 'wait', canAct: ['user:default/a'] }),
          verdict({
            status: 'wait',
            canAct: ['user:default/a', 'user:default/b'],
          }),
          verdict({ canAct: ['user:default/c'] }),
        ],
        NOW,
      ).canAct,
    ).toEqual(['user:default/a', 'user:default/b']);
  });
});

describe('evaluateGates', () => {
  const configured = {
    id: 'upstream',
    config: { type: 'upstream' },
    written: {},
    appliesTo: ['forward'] as const,
  };

  it('lets a gate that throws be unknown, and asks the others all the same', () => {
    const broken = {
      ...UpstreamGate,
      evaluate: () => {
        throw new Error('no such thing');
      },
    };
    expect(
      evaluateGates(
        [
          { ...configured, gate: broken },
          { ...configured, gate: UpstreamGate },
        ],
        gateContext(),
      ).map(({ status, reason }) => [status, reason]),
    ).toEqual([
      ['unknown', 'The gate could not be evaluated: no such thing'],
      ['pass', 'Release 7 was verified in staging.'],
    ]);
  });

  it('asks only the gates that count for the kind', () => {
    expect(
      evaluateGates(
        [{ ...configured, gate: UpstreamGate }],
        gateContext({ kind: 'rollback' }),
      ),
    ).toEqual([]);
  });
});
