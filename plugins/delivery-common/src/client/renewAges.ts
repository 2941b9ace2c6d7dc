// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from '../view/serviceDelivery';

/** An answer that the server remembers is at most so old. */
const REMEMBERED_MS = 10_000;

/**
 * An answer that the server said still holds, as of now.
 *
 * @remarks
 * When nothing but ages changed, the server says "not modified" and the browser hands
 * out what it has: then everything is still as old as it was, and what is live was seen
 * as lately as before.
 * @param said - when the server said so
 */
export function renewAges(
  delivery: ServiceDelivery,
  said: Date,
): ServiceDelivery {
  const passed = said.getTime() - Date.parse(delivery.asOf);
  if (!(passed > REMEMBERED_MS)) {
    return delivery;
  }
  return {
    ...delivery,
    asOf: said.toISOString(),
    sources: delivery.sources.map(source =>
      source.state === 'live' && source.seenAt
        ? {
            ...source,
            seenAt: new Date(Date.parse(source.seenAt) + passed).toISOString(),
          }
        : source,
    ),
  };
}
