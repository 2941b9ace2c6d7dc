// SPDX-License-Identifier: Apache-2.0

/** The instant of every fixture: a Friday morning. */
export const NOW = '2026-11-20T10:42:00.000Z';

/** An instant before {@link NOW}. */
export function ago(length: {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}): string {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = length;
  const milliseconds =
    (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return new Date(Date.parse(NOW) - milliseconds).toISOString();
}

/** The clock that fixtures are viewed with. */
export const CLOCK = { now: Date.parse(NOW), zone: 'UTC' };
