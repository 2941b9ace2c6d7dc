// SPDX-License-Identifier: Apache-2.0
import { counted } from './counted';

/** The full act of break glass, for its button. */
export function overrideAct(titles: readonly string[]): string {
  const [only, ...others] = titles;
  if (only === undefined) {
    return 'Override';
  }
  return others.length === 0
    ? `Override “${only}”`
    : `Override ${counted(titles.length, 'gate')}`;
}
