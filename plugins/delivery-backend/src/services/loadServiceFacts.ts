// SPDX-License-Identifier: Apache-2.0
import { FINAL_PHASES, phaseSchema } from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { PathConfig } from '../config/DeliveryConfig';
import { listDeployments } from '../database/deployments';
import { findReleases } from '../database/findReleases';
import { listFindings } from '../database/findings';
import { listLanes } from '../database/lanes';
import { listObservations, listSourceStates } from '../database/observations';
import { listOutsideChanges } from '../database/outsideChanges';
import { listOverrides } from '../database/overrides';
import { listPromotions } from '../database/promotions';
import { listReleases } from '../database/releases';
import type { StoredService } from '../database/services';
import type { ServiceFacts } from '../view/ServiceFacts';

const NEWEST_RELEASES = 40;
const NEWEST_PROMOTIONS = 40;
/** More Deployments than these are not loaded. */
export const NEWEST_DEPLOYMENTS = 100;

const OPEN_PHASES = phaseSchema.options.filter(
  phase => !FINAL_PHASES.includes(phase),
);

/** Everything that is stored of one Service; asks nobody else. */
export async function loadServiceFacts(
  { clock, knex }: { knex: Knex; clock: Clock },
  { path, service }: { service: StoredService; path: PathConfig },
): Promise<ServiceFacts> {
  const filter = { service: service.entityRef };
  const [
    newest,
    observations,
    sources,
    lanes,
    open,
    recent,
    deployments,
    outsideChanges,
    findings,
  ] = await Promise.all([
    listReleases(knex, { ...filter, limit: NEWEST_RELEASES }),
    listObservations(knex, [service.entityRef]),
    listSourceStates(knex),
    listLanes(knex, service.entityRef),
    listPromotions(knex, { ...filter, phases: OPEN_PHASES }),
    listPromotions(knex, { ...filter, limit: NEWEST_PROMOTIONS }),
    listDeployments(knex, { ...filter, limit: NEWEST_DEPLOYMENTS }),
    listOutsideChanges(knex, { ...filter, open: true }),
    listFindings(knex, service.entityRef),
  ]);
  const known = new Set(newest.map(({ id }) => id));
  const older = await findReleases(
    knex,
    deployments
      .map(({ releaseId }) => releaseId)
      .filter(releaseId => !known.has(releaseId)),
  );
  const overridden = deployments.filter(
    ({ overrides }) => overrides !== undefined,
  );
  const recentIds = new Set(recent.map(({ id }) => id));
  return {
    now: clock.now(),
    service,
    path,
    releases: [...newest, ...older].sort((a, b) => b.number - a.number),
    observations,
    sources,
    lanes,
    promotions: [
      ...recent,
      ...open.filter(({ id }) => !recentIds.has(id)),
    ].sort((a, b) => b.number - a.number),
    deployments,
    overrides:
      overridden.length > 0
        ? await listOverrides(knex, {
            promotionIds: overridden.map(({ promotionId }) => promotionId),
          })
        : [],
    outsideChanges,
    findings,
  };
}
