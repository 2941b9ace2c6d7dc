// SPDX-License-Identifier: Apache-2.0
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time in its two largest units: "45 s", "6 min 12 s", "22 min",
 * "4 h 10 min", "1 d 19 h".
 *
 * @param milliseconds - negative lengths count as none
 */
export function formatDuration(milliseconds: number): string {
  const left = Math.max(0, milliseconds);
  if (left < MINUTE) {
    return `${Math.round(left / SECOND)} s`;
  }
  if (left < 10 * MINUTE) {
    return pair(left, [MINUTE, 'min'], [SECOND, 's']);
  }
  if (left < HOUR) {
    return `${Math.floor(left / MINUTE)} min`;
  }
  return left < DAY
    ? pair(left, [HOUR, 'h'], [MINUTE, 'min'])
    : pair(left, [DAY, 'd'], [HOUR, 'h']);
}

function pair(
  length: number,
  [large, largeName]: [number, string],
  [small, smallName]: [number, string],
): string {
  const whole = Math.floor(length / large);
  const rest = Math.floor((length - whole * large) / small);
  return rest === 0
    ? `${whole} ${largeName}`
    : `${whole} ${largeName} ${rest} ${smallName}`;
}
