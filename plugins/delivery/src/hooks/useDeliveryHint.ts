// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@backstage/plugin-signals-react';
import { DELIVERY_SIGNAL_CHANNEL } from 'backstage-plugin-delivery-common';
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
  service: string | undefined,
  onHint: () => void,
): boolean {
  const { lastSignal, isSignalsAvailable } = useSignal<{ service: string }>(
    DELIVERY_SIGNAL_CHANNEL,
  );
  useEffect(() => {
    if (lastSignal && (!service || lastSignal.service === service)) {
      onHint();
    }
  }, [lastSignal, service, onHint]);
  return isSignalsAvailable;
}
