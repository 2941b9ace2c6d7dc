// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { PromotionRequest } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryApiRef } from '../api/deliveryApiRef';
import { createIdempotencyKeys } from './createIdempotencyKeys';
import { useAct } from './useAct';

/**
 * Asks for a Promotion, the same one when a person presses twice, and says when
 * it has been taken; reason and ticket come as they were typed.
 */
export function useRequestPromotion(onDone: () => void) {
  const api = useApi(deliveryApiRef);
  const [keyFor] = useState(createIdempotencyKeys);
  const { pending, error, run, forget } = useAct();
  const request = async ({
    reason,
    ticket = '',
    ...rest
  }: PromotionRequest) => {
    const written = {
      ...rest,
      reason: reason.trim(),
      ...(ticket.trim() ? { ticket: ticket.trim() } : {}),
    };
    const done = await run(signal =>
      api.createPromotion(
        { ...written, idempotencyKey: keyFor(written) },
        { signal },
      ),
    );
    if (done) {
      onDone();
    }
  };
  return { pending, error, forget, request };
}
