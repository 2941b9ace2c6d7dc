// SPDX-License-Identifier: Apache-2.0
import type { Decision } from 'backstage-plugin-delivery-common';
import { openVerdicts } from './openVerdicts';

/** Whether people's approvals are all that is missing. */
export function onlyApprovalsMissing(decision: Decision): boolean {
  return (
    decision.outcome === 'wait' &&
    openVerdicts(decision).every(
      verdict => verdict.type === 'approvals' && verdict.status === 'wait',
    )
  );
}
