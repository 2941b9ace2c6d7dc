// SPDX-License-Identifier: Apache-2.0
import type { GateVerdict, Override } from 'backstage-plugin-delivery-common';

/**
 * The Verdicts with the names of those who let Gates pass.
 *
 * @remarks
 * An override counts for the subject that was seen, for Gates that may be
 * overridden, and only where the Gate does not pass by itself.
 */
export function withOverrides(
  verdicts: readonly GateVerdict[],
  overrides: readonly Override[],
  subject: string,
): readonly GateVerdict[] {
  if (overrides.length === 0) {
    return verdicts;
  }
  const counting = overrides.filter(override => override.subject === subject);
  return verdicts.map(verdict => {
    const override =
      verdict.status !== 'pass' && verdict.overridable
        ? counting.find(one => one.gates.includes(verdict.gate))
        : undefined;
    return override ? { ...verdict, overriddenBy: override.by } : verdict;
  });
}
