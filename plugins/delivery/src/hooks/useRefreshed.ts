// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Refresher, type Refreshed } from './Refresher';

const IDLE = 30_000;

/**
 * Keeps an answer fresh while the component is shown.
 *
 * @param load - must be stable: another function means another question, and
 * the answer to the old one is dropped
 * @param interval - milliseconds until the next load; 30 s when left out
 */
export function useRefreshed<T>(
  load: (signal: AbortSignal) => Promise<T>,
  interval: (value: T | undefined) => number = always,
): Refreshed<T> & { refresh: () => void } {
  const refresher = useMemo(
    () => new Refresher({ load, interval }),
    [load, interval],
  );
  useEffect(() => refresher.start(), [refresher]);
  const state = useSyncExternalStore(refresher.subscribe, refresher.snapshot);
  return { ...state, refresh: refresher.refresh };
}

function always(): number {
  return IDLE;
}
