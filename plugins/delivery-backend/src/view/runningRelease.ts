// SPDX-License-Identifier: Apache-2.0
import type { Release } from 'backstage-plugin-delivery-common';
import { matchRelease } from '../domain/matchRelease';
import type { LaneFacts } from './ServiceFacts';

/** The Release whose digests run on a lane, as far as was seen. */
export function runningRelease(
  { deployments, observation }: Pick<LaneFacts, 'deployments' | 'observation'>,
  releases: readonly Release[],
): Release | undefined {
  return observation?.refused === undefined
    ? matchRelease({
        observation,
        releases,
        expected: deployments[0]?.releaseId,
      })
    : undefined;
}
