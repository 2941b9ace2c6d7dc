// SPDX-License-Identifier: Apache-2.0
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { Page } from 'backstage-plugin-delivery-common';
import { useCallback, useState } from 'react';
import { useDeliveryHint } from './useDeliveryHint';
import { useRefreshed } from './useRefreshed';

/** Hints tell what changes; this is for those that are lost. */
const HINTED = 300_000;

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
  const hints = useApiHolder().get(signalApiRef) !== undefined;
  const state = useRefreshed(load, hints ? rarely : undefined);
  useDeliveryHint(service, state.refresh);
  const showMore = useCallback(() => setPages(current => current + 1), []);
  return { ...state, showMore };
}

function rarely(): number {
  return HINTED;
}
