// SPDX-License-Identifier: Apache-2.0
import type { Decision, GateVerdict } from 'backstage-plugin-delivery-common';

/**
 * The Verdicts that stand in the way: not passed, not overridden, and of a Gate
 * that counts.
 */
export function openVerdicts(decision: Decision): GateVerdict[] {
  return decision.verdicts.filter(
    verdict =>
      verdict.status !== 'pass' &&
      verdict.mode !== 'audit' &&
      verdict.overriddenBy === undefined,
  );
}
