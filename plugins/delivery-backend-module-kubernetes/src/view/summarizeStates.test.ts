// SPDX-License-Identifier: Apache-2.0
import { summarizeStates, type KindReport } from './summarizeStates';

const live = (kind: KindReport['kind']): KindReport => ({
  kind,
  state: { state: 'live' },
  synced: true,
});
const stale = (
  kind: KindReport['kind'],
  reason: string,
  minute: number,
): KindReport => ({
  kind,
  state: {
    state: 'stale',
    reason,
    since: new Date(Date.UTC(2026, 0, 1, 0, minute)),
  },
  synced: true,
});

describe('summarizeStates', () => {
  it('is live when every kind is, and syncing before', () => {
    expect(summarizeStates([live('Pod'), live('Deployment')])).toEqual({
      state: 'live',
    });
    expect(
      summarizeStates([
        live('Pod'),
        { kind: 'Deployment', state: { state: 'syncing' }, synced: false },
      ]),
    ).toEqual({ state: 'syncing' });
  });

  it('is stale since the first kind was, and names the kinds when not all are', () => {
    expect(
      summarizeStates([
        live('Pod'),
        stale('Deployment', 'refused', 2),
        stale('ReplicaSet', 'refused', 1),
      ]),
    ).toEqual({
      state: 'stale',
      reason: 'refused (Deployments, ReplicaSets)',
      since: new Date(Date.UTC(2026, 0, 1, 0, 1)),
    });
    expect(summarizeStates([stale('Pod', 'gone', 3)])).toMatchObject({
      reason: 'gone',
    });
  });
});
