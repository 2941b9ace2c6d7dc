// SPDX-License-Identifier: Apache-2.0
import type { WatchedKind } from '../domain/WatchedKind';
import type { KindState } from '../watch/KindSupervisor';

/** How one kind of a cluster is, and whether a whole list of it was ever seen. */
export interface KindReport {
  kind: WatchedKind;
  state: KindState;
  synced: boolean;
}

/**
 * How fresh a whole cluster is: as its worst kind.
 *
 * @remarks
 * One kind that cannot be seen makes the cluster stale, because health follows from all of
 * them. The reason names the kinds when others can be seen.
 */
export function summarizeStates(reports: readonly KindReport[]): KindState {
  const stale = reports.flatMap(({ kind, state }) =>
    state.state === 'stale' ? [{ ...state, kind }] : [],
  );
  if (stale.length > 0) {
    const [first] = [...stale].sort(
      (a, b) => a.since.getTime() - b.since.getTime(),
    );
    const kinds = stale
      .filter(({ reason }) => reason === first.reason)
      .map(({ kind }) => `${kind}s`);
    const reason = reports.some(({ state }) => state.state === 'live')
      ? `${first.reason} (${kinds.join(', ')})`
      : first.reason;
    return { state: 'stale', since: first.since, reason: reason.slice(0, 300) };
  }
  return reports.every(({ synced }) => synced)
    ? { state: 'live' }
    : { state: 'syncing' };
}
