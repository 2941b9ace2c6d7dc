// SPDX-License-Identifier: Apache-2.0
import type { Approval } from 'backstage-plugin-delivery-common';

/** The approval a person gave and that still counts. */
export function standingApproval(
  approvals: readonly Approval[],
  person: string | undefined,
): Approval | undefined {
  return approvals.find(
    each =>
      each.by === person &&
      each.verdict === 'approve' &&
      each.void === undefined,
  );
}
