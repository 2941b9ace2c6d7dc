// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'backstage-plugin-delivery-common';

/** Since when a verified Release runs without a break. */
export type Occupancy = { releaseId: string; since: string };

/**
 * The occupancy of a lane after an Observation.
 *
 * @remarks
 * A spell in which something else runs, or in which it is unhealthy, ends it:
 * soaking starts again from the moment the same verified Release is healthy.
 * While nothing is known, or pods come and go, it is neither ended nor begun.
 */
export function nextOccupancy(given: {
  /** The Release of the last verified Deployment. */
  verifiedReleaseId: string | undefined;
  /** The Release whose digests run. */
  runningReleaseId: string | undefined;
  before: Occupancy | undefined;
  observation: Observation;
}): Occupancy | undefined {
  const { before, observation, runningReleaseId, verifiedReleaseId } = given;
  if (observation.health === 'unknown') {
    return before;
  }
  if (!verifiedReleaseId || runningReleaseId !== verifiedReleaseId) {
    return undefined;
  }
  if (observation.health === 'progressing') {
    return before;
  }
  if (observation.health !== 'healthy') {
    return undefined;
  }
  return before?.releaseId === verifiedReleaseId
    ? before
    : { releaseId: verifiedReleaseId, since: observation.observedAt };
}
