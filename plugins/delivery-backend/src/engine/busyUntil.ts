// SPDX-License-Identifier: Apache-2.0
import type { Clock } from 'backstage-plugin-delivery-node';

/** Whoever moves a Promotion on is given so long before others look at it too. */
const BUSY_MS = 5_000;

/** When others look at a Promotion that is being moved on, unless it is finished with before. */
export function busyUntil(clock: Clock): Date {
  return new Date(clock.now().getTime() + BUSY_MS);
}
