// SPDX-License-Identifier: Apache-2.0
import { deploymentSpecSchema } from '../model/workloads';
import {
  newReplicaSetSize,
  oldReplicaSetSizes,
  rolloutBounds,
} from './rollingUpdate';

const specOf = (replicas: number, rollingUpdate?: { [key: string]: unknown }) =>
  deploymentSpecSchema.parse({
    replicas,
    selector: { matchLabels: { app: 'a' } },
    template: { spec: { containers: [{ name: 'a', image: 'a' }] } },
    strategy: { type: 'RollingUpdate', rollingUpdate },
  });

describe('rolloutBounds', () => {
  it.each([
    { replicas: 3, given: undefined, surge: 1, unavailable: 0 },
    { replicas: 10, given: undefined, surge: 3, unavailable: 2 },
    {
      replicas: 4,
      given: { maxSurge: 2, maxUnavailable: 0 },
      surge: 2,
      unavailable: 0,
    },
    {
      replicas: 4,
      given: { maxSurge: 0, maxUnavailable: 0 },
      surge: 0,
      unavailable: 1,
    },
    {
      replicas: 1,
      given: { maxSurge: '100%', maxUnavailable: '50%' },
      surge: 1,
      unavailable: 0,
    },
  ])('$replicas with $given', ({ replicas, given, surge, unavailable }) => {
    expect(rolloutBounds(specOf(replicas, given))).toEqual({
      maxSurge: surge,
      maxUnavailable: unavailable,
    });
  });
});

describe('a rolling update', () => {
  /** Plays a rollout in which each new Pod becomes ready in the next round, or never. */
  function play(options: { desired: number; becomesReady: boolean }) {
    const { desired } = options;
    const bounds = rolloutBounds(specOf(desired));
    let current = { wanted: 0, available: 0 };
    let old = { wanted: desired, available: desired };
    const rounds: string[] = [];
    for (let round = 0; round < 30; round += 1) {
      const wanted = newReplicaSetSize({
        desired,
        bounds,
        current,
        old: [old],
      });
      current = { ...current, wanted };
      const [size] = oldReplicaSetSizes({
        desired,
        bounds,
        current,
        old: [old],
      });
      old = { wanted: size, available: Math.min(size, old.available) };
      rounds.push(`${current.wanted}+${old.wanted}`);
      expect(current.wanted + old.wanted).toBeLessThanOrEqual(
        desired + bounds.maxSurge,
      );
      expect(current.available + old.available).toBeGreaterThanOrEqual(
        desired - bounds.maxUnavailable,
      );
      if (options.becomesReady) {
        current = { wanted, available: wanted };
      }
    }
    return [...new Set(rounds)];
  }

  it('goes Pod by Pod and never below what must serve', () => {
    expect(play({ desired: 3, becomesReady: true })).toEqual([
      '1+3',
      '1+2',
      '2+2',
      '2+1',
      '3+1',
      '3+0',
    ]);
  });

  it('leaves the old Pods standing when no new one becomes ready', () => {
    expect(play({ desired: 3, becomesReady: false })).toEqual(['1+3']);
    expect(play({ desired: 10, becomesReady: false }).at(-1)).toBe('5+8');
  });

  it('takes away first what does not serve', () => {
    expect(
      oldReplicaSetSizes({
        desired: 3,
        bounds: { maxSurge: 1, maxUnavailable: 0 },
        current: { wanted: 0, available: 0 },
        old: [
          { wanted: 3, available: 3 },
          { wanted: 1, available: 0 },
        ],
      }),
    ).toEqual([3, 0]);
  });
});
