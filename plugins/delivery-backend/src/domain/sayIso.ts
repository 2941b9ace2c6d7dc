// SPDX-License-Identifier: Apache-2.0

let last = { time: NaN, text: '' };

/** An instant in ISO 8601; many that are asked for together are the same one. */
export function sayIso(instant: Date): string {
  const time = instant.getTime();
  if (time !== last.time) {
    last = { time, text: instant.toISOString() };
  }
  return last.text;
}
