// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  deliveryEnvironmentRef,
  deliveryPromotionCancelPermission,
  deliveryPromotionOverridePermission,
} from 'backstage-plugin-delivery-common';

/**
 * What the reader may do in one Environment beyond what the answers about it
 * say: hold promotions there, and review overrides.
 *
 * @remarks
 * Only for showing; the server asks again when it is done.
 */
export function useMay(
  service: string,
  environment: string,
): { hold: boolean; review: boolean } {
  const resourceRef = deliveryEnvironmentRef(service, environment);
  const hold = usePermission({
    permission: deliveryPromotionCancelPermission,
    resourceRef,
  });
  const review = usePermission({
    permission: deliveryPromotionOverridePermission,
    resourceRef,
  });
  return { hold: hold.allowed, review: review.allowed };
}
