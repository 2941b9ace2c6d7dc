// SPDX-License-Identifier: Apache-2.0
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { simulatorApiRef, type SimulatorCommand } from './SimulatorClient';
import type { SimulatorState } from './stateSchema';

const LOOK_EVERY_MS = 2_000;
const SHOW_FOR_MS = 6_000;

/** Gives a command to the simulator; resolves once the page shows what came of it. */
export type RunCommand = (command: SimulatorCommand) => Promise<void>;

/** What the page knows of the simulator. */
export interface Simulator {
  state: SimulatorState | undefined;
  /** Why there is no state, or why it may be old. */
  error: Error | undefined;
  run: RunCommand;
}

/**
 * Keeps the state of the simulator up to date while the page is visible.
 *
 * @remarks
 * A failed look keeps the last known state and is tried again like any other.
 */
export function useSimulator(): Simulator {
  const api = useApi(simulatorApiRef);
  const toasts = useApi(toastApiRef);
  const [state, setState] = useState<SimulatorState>();
  const [error, setError] = useState<Error>();
  const [looks, setLooks] = useState(0);

  useEffect(() => {
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      if (document.hidden) {
        return;
      }
      try {
        setState(await api.getState({ signal: leave.signal }));
        setError(undefined);
      } catch (reason) {
        if (!leave.signal.aborted) {
          setError(reason instanceof Error ? reason : new Error(`${reason}`));
        }
      }
      if (!leave.signal.aborted) {
        timer = setTimeout(look, LOOK_EVERY_MS);
      }
    };
    const lookAgain = () => {
      clearTimeout(timer);
      look();
    };
    document.addEventListener('visibilitychange', lookAgain);
    look();
    return () => {
      leave.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', lookAgain);
    };
  }, [api, looks]);

  const run = useCallback(
    async (command: SimulatorCommand) => {
      try {
        const message = await api.run(command);
        toasts.post({ title: message, timeout: SHOW_FOR_MS });
      } catch (reason) {
        const message = reason instanceof Error ? reason.message : `${reason}`;
        toasts.post({ title: message, status: 'danger' });
      }
      setLooks(count => count + 1);
    },
    [api, toasts],
  );

  return { state, error, run };
}
