// SPDX-License-Identifier: Apache-2.0
import type { Decision, GateVerdict } from 'backstage-plugin-delivery-common';

/** The Verdicts that do not let pass. */
export function openVerdicts(decision: Decision): GateVerdict[] {
  return decision.verdicts.filter(verdict => verdict.status !== 'pass');
}
