// SPDX-License-Identifier: Apache-2.0
import { FINAL_PHASES, phaseSchema } from 'backstage-plugin-delivery-common';
import { findReleases } from '../database/findReleases';
import { latestDeployments } from '../database/latestDeployments';
import { listLanes } from '../database/lanes';
import { listObservations, listSourceStates } from '../database/observations';
import { listOutsideChanges } from '../database/outsideChanges';
import { listPromotions } from '../database/promotions';
import { listServices } from '../database/services';
import type { ServiceFacts } from '../view/ServiceFacts';
import type { ReadRoom } from './ReadRoom';

/** Enough to know what runs, what ran before and how far a lane is behind. */
const PER_LANE = 10;
const MOST_OPEN = 10_000;

const OPEN_PHASES = phaseSchema.options.filter(
  phase => !FINAL_PHASES.includes(phase),
);

/**
 * What the overview needs of all Services, in as many queries for a thousand of
 * them as for one.
 */
export async function loadAllFacts({
  clock,
  config,
  knex,
}: Pick<ReadRoom, 'clock' | 'config' | 'knex'>): Promise<ServiceFacts[]> {
  const [
    services,
    observations,
    sources,
    lanes,
    promotions,
    deployments,
    outsideChanges,
  ] = await Promise.all([
    listServices(knex),
    listObservations(knex),
    listSourceStates(knex),
    listLanes(knex),
    listPromotions(knex, { phases: OPEN_PHASES, limit: MOST_OPEN }),
    latestDeployments(knex, { perLane: PER_LANE }),
    listOutsideChanges(knex, { open: true }),
  ]);
  const releases = await findReleases(
    knex,
    [...deployments, ...promotions].map(({ releaseId }) => releaseId),
  );
  const of = {
    observations: byService(observations),
    lanes: byService(lanes),
    promotions: byService(promotions),
    deployments: byService(deployments),
    outsideChanges: byService(outsideChanges),
    releases: byService(releases),
  };
  const now = clock.now();
  return services.flatMap(service => {
    const path = config.paths.get(service.path);
    const { entityRef } = service;
    return path
      ? [
          {
            now,
            service,
            path,
            sources,
            findings: [],
            overrides: [],
            observations: of.observations.get(entityRef) ?? [],
            lanes: of.lanes.get(entityRef) ?? [],
            promotions: of.promotions.get(entityRef) ?? [],
            deployments: of.deployments.get(entityRef) ?? [],
            outsideChanges: of.outsideChanges.get(entityRef) ?? [],
            releases: of.releases.get(entityRef) ?? [],
          },
        ]
      : [];
  });
}

function byService<T extends { service: string }>(
  all: readonly T[],
): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(one.service);
    if (group) {
      group.push(one);
    } else {
      groups.set(one.service, [one]);
    }
  }
  return groups;
}
