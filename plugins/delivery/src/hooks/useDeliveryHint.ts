// SPDX-License-Identifier: Apache-2.0
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { hintChannel, type EntityRef } from 'backstage-plugin-delivery-common';
import { useEffect } from 'react';

/**
 * Calls back when the backend hints that something changed: about one Service,
 * or about any when none is named.
 *
 * @remarks
 * A hint carries no content; what changed is fetched through the API, which
 * asks for permission. The question goes out as soon as the hint is there,
 * without drawing anything first.
 *
 * @param onHint - must be stable
 */
export function useDeliveryHint(
  service: EntityRef | undefined,
  onHint: () => void,
): void {
  const signals = useApiHolder().get(signalApiRef);
  useEffect(() => {
    const subscription = signals?.subscribe(hintChannel(service), onHint);
    return () => subscription?.unsubscribe();
  }, [signals, service, onHint]);
}
