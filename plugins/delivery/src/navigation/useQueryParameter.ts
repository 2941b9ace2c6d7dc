// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react';
import { useQueryParameters } from './useQueryParameters';

/** One parameter of the address; see {@link useQueryParameters}. */
export function useQueryParameter(
  name: string,
): [string | undefined, (value: string | undefined) => void] {
  const [get, set] = useQueryParameters<string>();
  return [get(name), useCallback(value => set({ [name]: value }), [name, set])];
}
