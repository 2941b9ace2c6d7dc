// SPDX-License-Identifier: Apache-2.0
import type { Deployment, Release } from 'backstage-plugin-delivery-common';

/** A Release that was verified in an Environment, and when last. */
export type VerifiedRelease = {
  releaseId: string;
  number: number;
  verifiedAt: string;
};

/** The Releases that were verified by these Deployments, each once, the last verified first. */
export function verifiedReleases(
  deployments: readonly Deployment[],
): VerifiedRelease[] {
  const byId = new Map<string, VerifiedRelease>();
  for (const { releaseId, releaseNumber, verifiedAt } of deployments) {
    const known = byId.get(releaseId);
    if (verifiedAt && (!known || known.verifiedAt < verifiedAt)) {
      byId.set(releaseId, { releaseId, number: releaseNumber, verifiedAt });
    }
  }
  return [...byId.values()].sort((a, b) =>
    a.verifiedAt < b.verifiedAt ? 1 : -1,
  );
}

/** The Release of a lane that may go further: the one verified there last. */
export function candidateOf(
  deployments: readonly Deployment[],
  releases: readonly Release[],
): Release | undefined {
  let last: { releaseId: string; verifiedAt: string } | undefined;
  for (const { releaseId, verifiedAt } of deployments) {
    if (verifiedAt && (!last || last.verifiedAt < verifiedAt)) {
      last = { releaseId, verifiedAt };
    }
  }
  return last && releases.find(({ id }) => id === last.releaseId);
}
