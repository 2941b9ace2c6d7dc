// SPDX-License-Identifier: Apache-2.0
const UNITS: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** A length of time for people: `1 d 19 h`, `14 h 07 min`, `25 min`, `40 s`. */
export function sayDuration(milliseconds: number): string {
  const index = UNITS.findIndex(([, length]) => milliseconds >= length);
  if (index < 0) {
    return `${Math.ceil(milliseconds / 1_000)} s`;
  }
  const [unit, length] = UNITS[index];
  const whole = Math.floor(milliseconds / length);
  const next = UNITS.at(index + 1);
  const rest = next && Math.floor((milliseconds % length) / next[1]);
  return rest && next
    ? `${whole} ${unit} ${
        next[0] === 'min' ? String(rest).padStart(2, '0') : rest
      } ${next[0]}`
    : `${whole} ${unit}`;
}
