// SPDX-License-Identifier: Apache-2.0
import {
  LANE_PHASES,
  type Deployment,
  type Drift,
  type Release,
} from 'backstage-plugin-delivery-common';
import { findDrift } from '../domain/findDrift';
import type { LaneFacts } from './ServiceFacts';

/**
 * How what runs differs from what was deployed last.
 *
 * @remarks
 * Nothing is said while a Promotion holds the lane. After a failed rollout both
 * the Release that failed and the one before may run; neither is drift.
 */
export function findLaneDrift(
  {
    deployments,
    observation,
    promotions,
  }: Pick<LaneFacts, 'deployments' | 'observation' | 'promotions'>,
  releases: readonly Release[],
): Drift | undefined {
  if (
    !observation ||
    promotions.some(({ phase }) => LANE_PHASES.includes(phase))
  ) {
    return undefined;
  }
  const [last] = deployments;
  const verified = deployments.find(({ outcome }) => outcome === 'verified');
  const releaseOf = (deployment: Deployment | undefined) =>
    releases.find(({ id }) => id === deployment?.releaseId);
  const expected = [verified, last].flatMap(
    deployment => releaseOf(deployment) ?? [],
  );
  const tried = releaseOf(last);
  const drifts = expected.map(release =>
    findDrift({ observation, release, tried }),
  );
  return drifts.includes(undefined) ? undefined : drifts[0];
}
