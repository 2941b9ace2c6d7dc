// SPDX-License-Identifier: Apache-2.0
import { sayDuration } from './sayDuration';

const MINUTE = 60_000;

it.each([
  [0, '0 s'],
  [900, '1 s'],
  [40_000, '40 s'],
  [25 * MINUTE, '25 min'],
  [60 * MINUTE, '1 h'],
  [(14 * 60 + 7) * MINUTE, '14 h 07 min'],
  [(24 + 19) * 60 * MINUTE, '1 d 19 h'],
])('says %d ms as %s', (milliseconds, text) => {
  expect(sayDuration(milliseconds)).toBe(text);
});
