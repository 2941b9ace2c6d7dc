// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * The parameters of the address, so that choices survive a reload and can be
 * sent to a colleague.
 *
 * @remarks
 * Setting some replaces the entry in the browser's history: going back leaves
 * the page rather than undoing choices one by one. This is the only place that
 * knows the router.
 */
export function useQueryParameters<K extends string>(): [
  (name: K) => string | undefined,
  (values: Partial<Record<K, string | undefined>>) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const get = useCallback(
    (name: K) => parameters.get(name) ?? undefined,
    [parameters],
  );
  const set = useCallback(
    (values: Partial<Record<K, string | undefined>>) =>
      setParameters(
        current => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(values)) {
            if (typeof value === 'string' && value !== '') {
              next.set(name, value);
            } else {
              next.delete(name);
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return [get, set];
}
