// SPDX-License-Identifier: Apache-2.0
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  LANE_PHASES,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../api/deliveryApiRef';
import { nextMoment } from '../view/nextMoment';
import { useDeliveryHint } from './useDeliveryHint';
import { useRefreshed } from './useRefreshed';

const IDLE = 30_000;
/** Hints tell what changes; this is for those that are lost. */
const HINTED = 45_000;
const MOVING = 5_000;

/**
 * Where a Service is, live: hints make it look at once, polling makes up for
 * hints that do not come.
 *
 * @remarks
 * With a connection for hints it asks every 45 s. Without, it asks every 5 s
 * while something is in flight, otherwise every 30 s. It also asks when the moment
 * has come that a Gate waits for, and while nobody looks not at all.
 */
export function useServiceDelivery(service: string) {
  const api = useApi(deliveryApiRef);
  const hints = useApiHolder().get(signalApiRef) !== undefined;
  const load = useCallback(
    (signal: AbortSignal) => api.getService(service, { signal }),
    [api, service],
  );
  const interval = useCallback(
    (value: ServiceDelivery | undefined) =>
      value ? Math.min(nextMoment(value), pauseOf(value, hints)) : IDLE,
    [hints],
  );
  const state = useRefreshed(load, interval);
  useDeliveryHint(service, state.refresh);
  return state;
}

function pauseOf(value: ServiceDelivery, hints: boolean): number {
  if (hints) {
    return HINTED;
  }
  return isMoving(value) ? MOVING : IDLE;
}

function isMoving({ promotions }: ServiceDelivery): boolean {
  return promotions.some(({ phase }) => LANE_PHASES.includes(phase));
}
