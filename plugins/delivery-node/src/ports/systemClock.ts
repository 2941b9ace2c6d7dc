// SPDX-License-Identifier: Apache-2.0
import type { Clock } from './Clock';

/** The machine's own clock. @public */
export const systemClock: Clock = { now: () => new Date() };
