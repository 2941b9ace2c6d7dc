// SPDX-License-Identifier: Apache-2.0
import type {
  Door,
  ReleaseSummary,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import type { PinnedReview } from './pinReview';

/** Whether what a person reads is still what is there. */
export type ReviewStaleness =
  | { kind: 'fresh' }
  | { kind: 'newer-release'; candidate: ReleaseSummary }
  | { kind: 'target-changed' };

/**
 * Compares a pinned review with what is there now.
 *
 * @remarks
 * A change of the target weighs more than a newer Release, because it changes
 * what the diff that was read means.
 */
export function reviewStaleness(
  pinned: PinnedReview,
  service: ServiceDelivery,
  door: Door | undefined,
): ReviewStaleness {
  const target = service.environments.find(({ name }) => name === door?.to);
  if (!door || target?.release?.id !== pinned.targetReleaseId) {
    return { kind: 'target-changed' };
  }
  if (!door.candidate || door.candidate.id === pinned.candidate.id) {
    return door.subject && door.subject !== pinned.subject && !pinned.declined
      ? { kind: 'target-changed' }
      : { kind: 'fresh' };
  }
  return door.candidate.id === pinned.declined
    ? { kind: 'fresh' }
    : { kind: 'newer-release', candidate: door.candidate };
}
