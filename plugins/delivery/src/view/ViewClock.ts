// SPDX-License-Identifier: Apache-2.0
/**
 * The instant a view is computed for, and the zone its times are written in.
 *
 * @remarks
 * `now` is milliseconds since 1970 on the server's clock, so that a wrong clock
 * on the reader's machine makes nothing look old.
 */
export type ViewClock = { now: number; zone: string };
