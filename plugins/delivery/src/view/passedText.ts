// SPDX-License-Identifier: Apache-2.0
import type { Decision } from 'backstage-plugin-delivery-common';

/** How many Gates pass; those that somebody let pass are counted apart. */
export function passedText({ verdicts }: Decision): string {
  const counting = verdicts.filter(({ mode }) => mode !== 'audit');
  const passing = counting.filter(({ status }) => status === 'pass').length;
  const overridden = counting.filter(({ overriddenBy }) => overriddenBy).length;
  return overridden > 0
    ? `${passing} pass, ${overridden} overridden`
    : `${passing} of ${counting.length} pass`;
}
