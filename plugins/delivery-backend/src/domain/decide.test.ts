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

/** Gates that pass from an hour of the day on, until another one. */
function opens(from: number, to = 24) {
  return (now: Date): GateVerdict => {
    const hour = now.getUTCHours();
    const next = new Date(now);
    next.setUTCHours(hour < from ? from : from + 24, 0, 0, 0);
    return from <= hour && hour < to
      ? verdict({})
      : verdict({ status: 'wait', earliest: next.toISOString() });
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
      decide(() => statuses.map(status => verdict({ status })), NOW).outcome,
    ).toBe(outcome);
  });

  it('is as early as the first time at which all gates pass together', () => {
    const gates = [opens(12), opens(15, 18), opens(17)];
    expect(decide(now => gates.map(gate => gate(now)), NOW).earliest).toBe(
      '2026-11-16T17:00:00.000Z',
    );
    // Open now, but no longer when the other one is: the next day it is.
    const crossing = [opens(8, 11), opens(10, 12), opens(9)];
    const evening = new Date('2026-11-16T11:30:00.000Z');
    expect(
      decide(now => crossing.map(gate => gate(now)), evening).earliest,
    ).toBe('2026-11-17T10:00:00.000Z');
  });

  it('knows no time when there is none', () => {
    const never = [opens(8, 9), opens(9, 10)];
    expect(
      decide(now => never.map(gate => gate(now)), NOW).earliest,
    ).toBeUndefined();
  });

  it('knows no time when a person is needed, or nothing more is possible', () => {
    for (const status of ['wait', 'fail', 'unknown'] as const) {
      expect(
        decide(now => [opens(12)(now), verdict({ status })], NOW).earliest,
      ).toBeUndefined();
    }
  });

  it('does not count what is only audited, and what somebody overrode', () => {
    expect(
      decide(
        () => [
          verdict({ status: 'fail', mode: 'audit' }),
          verdict({ status: 'fail', overriddenBy: 'user:default/anna' }),
          verdict({}),
        ],
        NOW,
      ),
    ).toMatchObject({
      outcome: 'proceed',
      reason: '1 of 2 gates pass, 1 overridden.',
    });
  });

  it('says who can act, each once', () => {
    expect(
      decide(
        () => [
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
    key: 'gates[0]',
    config: { type: 'upstream' },
    written: {},
    appliesTo: ['forward'] as const,
    mode: 'enforce' as const,
    onUnknown: 'wait' as const,
    overridable: true,
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
