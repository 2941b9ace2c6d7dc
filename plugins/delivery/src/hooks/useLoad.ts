// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';

/**
 * Loads once, and again only when asked: for what a person reads and must not
 * change under them.
 *
 * @param load - must be stable; another function drops the old answer
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>): {
  value?: T;
  error?: Error;
  loading: boolean;
  reload: () => void;
} {
  const [state, setState] = useState<{
    load: typeof load;
    value?: T;
    error?: Error;
  }>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setState(undefined);
    load(controller.signal).then(
      value => {
        if (!controller.signal.aborted) {
          setState({ load, value });
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          setState({
            load,
            error: toError(error),
          });
        }
      },
    );
    return () => controller.abort();
  }, [load, attempt]);
  const reload = useCallback(() => setAttempt(current => current + 1), []);
  const current = state?.load === load ? state : undefined;
  return {
    value: current?.value,
    error: current?.error,
    loading: current === undefined,
    reload,
  };
}
