// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'backstage-plugin-delivery-common';
import { useCallback, useState } from 'react';
import { useDeliveryHint } from './useDeliveryHint';
import { useRefreshed } from './useRefreshed';

/**
 * The first pages of a list, kept fresh together.
 *
 * @param loadPage - must be stable
 * @param service - whose hints make it look again; any when left out
 */
export function usePagedList<T>(
  loadPage: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<Page<T>>,
  service?: string,
) {
  const [pages, setPages] = useState(1);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const items: T[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pages; page++) {
        const answer = await loadPage(cursor, signal);
        items.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === undefined) {
          break;
        }
      }
      return { items, more: cursor !== undefined };
    },
    [loadPage, pages],
  );
  const state = useRefreshed(load);
  useDeliveryHint(service, state.refresh);
  const showMore = useCallback(() => setPages(current => current + 1), []);
  return { ...state, showMore };
}
