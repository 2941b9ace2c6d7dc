// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Runs what a person asked for, once at a time, and keeps why it failed.
 *
 * @remarks
 * A second press while the first is under way does nothing. Answers whether it
 * succeeded, so that a dialog knows whether to close.
 */
export function useAct() {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);
  const run = useCallback(
    async (act: (signal: AbortSignal) => Promise<unknown>) => {
      if (controller.current) {
        return false;
      }
      const current = new AbortController();
      controller.current = current;
      setPending(true);
      setError(undefined);
      try {
        await act(current.signal);
        return true;
      } catch (failure) {
        if (!current.signal.aborted) {
          setError(toError(failure));
        }
        return false;
      } finally {
        controller.current = undefined;
        setPending(false);
      }
    },
    [],
  );
  const forget = useCallback(() => setError(undefined), []);
  return { pending, error, run, forget };
}
