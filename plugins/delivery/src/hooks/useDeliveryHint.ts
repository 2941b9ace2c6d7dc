// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@backstage/plugin-signals-react';
import { hintChannel, type EntityRef } from 'backstage-plugin-delivery-common';
import { useEffect } from 'react';

/**
 * Calls back when the backend hints that something changed: about one Service,
 * or about any when none is named.
 *
 * @remarks
 * A hint carries no content; what changed is fetched through the API, which
 * asks for permission. Answers whether hints can come at all.
 */
export function useDeliveryHint(
  service: EntityRef | undefined,
  onHint: () => void,
): boolean {
  const { lastSignal, isSignalsAvailable } = useSignal(hintChannel(service));
  useEffect(() => {
    if (lastSignal) {
      onHint();
    }
  }, [lastSignal, onHint]);
  return isSignalsAvailable;
}
