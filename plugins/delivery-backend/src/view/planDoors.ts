// SPDX-License-Identifier: Apache-2.0
import type { Commit, Door, Release } from 'backstage-plugin-delivery-common';
import type { EnvironmentConfig } from '../config/DeliveryConfig';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { runningRelease } from './runningRelease';
import { laneFacts, type ServiceFacts } from './ServiceFacts';
import { candidateOf } from './verifiedReleases';

const MOST_COMMITS = 10;

/** A door before its Decision is known. */
export type DoorPlan = {
  from: string;
  to: EnvironmentConfig;
  candidate?: Release;
  alreadyThere: boolean;
  ships: Door['ships'];
  /** The Promotion that waits for exactly this, when there is one. */
  promotion?: PromotionRecord;
};

/** The doors of a path: one from each Environment into each that comes after it. */
export function planDoors(facts: ServiceFacts): DoorPlan[] {
  return facts.path.environments.flatMap(to =>
    to.after.map(from => planDoor(facts, from, to)),
  );
}

function planDoor(
  facts: ServiceFacts,
  from: string,
  to: EnvironmentConfig,
): DoorPlan {
  const there = laneFacts(facts, to);
  const candidate = candidateOf(
    facts.deployments.filter(({ environment }) => environment === from),
    facts.releases,
  );
  const running = runningRelease(there, facts.releases);
  const promotion = there.promotions.find(
    ({ phase, releaseId }) =>
      phase === 'waiting' && releaseId === candidate?.id,
  );
  return {
    from,
    to,
    ...(candidate ? { candidate } : {}),
    alreadyThere: candidate !== undefined && candidate.id === running?.id,
    ships: shipsOf(facts.releases, {
      after:
        running?.number ??
        candidateOf(there.deployments, facts.releases)?.number,
      upTo: candidate?.number,
    }),
    ...(promotion ? { promotion } : {}),
  };
}

/** What lies between two Releases, the newer one included. */
export function shipsOf(
  releases: readonly Release[],
  range: { after: number | undefined; upTo: number | undefined },
): Door['ships'] {
  const { after = 0, upTo = 0 } = range;
  const between = releases.filter(
    ({ number }) => number > after && number <= upTo,
  );
  const commits = new Map<string, Commit>();
  for (const release of between) {
    for (const commit of release.change.commits) {
      commits.set(commit.id, commits.get(commit.id) ?? commit);
    }
  }
  return {
    releases: between.length,
    commits: [...commits.values()].slice(0, MOST_COMMITS),
    commitCount: commits.size,
  };
}
