// SPDX-License-Identifier: Apache-2.0
import type { ApprovalRequest } from 'backstage-plugin-delivery-common';

/** Requests for approval, the ones that end soonest first. */
export function dueSoonest(
  requests: readonly ApprovalRequest[],
): ApprovalRequest[] {
  return [...requests].sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}
