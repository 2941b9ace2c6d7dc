// SPDX-License-Identifier: Apache-2.0
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time for people: `1 d 19 h`, `14 h 07 min`, `25 min`, `40 s`. */
export function sayDuration(milliseconds: number): string {
  if (milliseconds >= DAY) {
    const hours = Math.floor((milliseconds % DAY) / HOUR);
    const days = `${Math.floor(milliseconds / DAY)} d`;
    return hours > 0 ? `${days} ${hours} h` : days;
  }
  if (milliseconds >= HOUR) {
    const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
    const hours = `${Math.floor(milliseconds / HOUR)} h`;
    return minutes > 0
      ? `${hours} ${minutes < 10 ? '0' : ''}${minutes} min`
      : hours;
  }
  return milliseconds >= MINUTE
    ? `${Math.floor(milliseconds / MINUTE)} min`
    : `${Math.ceil(milliseconds / SECOND)} s`;
}
