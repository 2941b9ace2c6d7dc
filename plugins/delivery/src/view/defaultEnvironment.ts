// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import type { NowView } from './nowView';

/**
 * The Environment selected when the reader has chosen none: the one the Now
 * card is about, else the first one that releases are promoted into.
 */
export function defaultEnvironment(
  service: ServiceDelivery,
  now: NowView,
): string | undefined {
  return (
    now.environment ??
    service.environments.find(({ after }) => after.length > 0)?.name ??
    service.environments[0]?.name
  );
}
