// SPDX-License-Identifier: Apache-2.0
import type {
  Door,
  ReleaseSummary,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';

/** What a review is pinned to: one Release and one state of the target. */
export type PinnedReview = {
  candidate: ReleaseSummary;
  /** The Release that ran in the target when the review was opened. */
  targetReleaseId?: string;
  targetReleaseNumber?: number;
  subject: string;
  /** A newer Release the person was told about and did not want. */
  declined?: string;
};

/** Pins a review to the candidate of a door; undefined when there is none. */
export function pinReview(
  service: ServiceDelivery,
  door: Door,
): PinnedReview | undefined {
  const target = service.environments.find(({ name }) => name === door.to);
  return door.candidate && door.subject
    ? {
        candidate: door.candidate,
        subject: door.subject,
        targetReleaseId: target?.release?.id,
        targetReleaseNumber:
          target?.release?.number ?? target?.deployment?.releaseNumber,
      }
    : undefined;
}
