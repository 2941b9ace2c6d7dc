// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';

/** The server may remember an answer for so long. */
const REMEMBERED_MS = 5_000;

/**
 * How long it takes until a Gate that waits for a moment may say something else,
 * in milliseconds from the answer on; `Infinity` when none does.
 */
export function nextMoment({
  asOf,
  doors,
}: Pick<ServiceDelivery, 'asOf' | 'doors'>): number {
  const away = doors
    .flatMap(({ decision }) => decision?.verdicts ?? [])
    .map(({ earliest }) => Date.parse(earliest ?? '') - Date.parse(asOf))
    .filter(milliseconds => milliseconds > 0);
  return Math.min(...away) + REMEMBERED_MS;
}
