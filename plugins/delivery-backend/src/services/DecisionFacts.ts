// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  Deployment,
  Observation,
  Override,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { listApprovals } from '../database/approvals';
import type { Db } from '../database/Db';
import { listDeployments } from '../database/deployments';
import { listLanes, type Lane } from '../database/lanes';
import { listObservations, listSourceStates } from '../database/observations';
import {
  listOutsideChanges,
  type OutsideChange,
} from '../database/outsideChanges';
import { listOverrides } from '../database/overrides';
import type { DecisionQuestion } from './DecisionService';

/** What is stored and counts for one Decision. */
export type DecisionFacts = {
  observations: readonly Observation[];
  sources: readonly SourceState[];
  lanes: readonly Lane[];
  /** The verified Deployments of the Release, in whichever Environment. */
  verified: readonly Deployment[];
  /** The newest change from outside that nobody has looked at yet. */
  outsideChange?: OutsideChange;
  /** Those of the Promotion that asks. */
  approvals: readonly Approval[];
  /** Those of the Promotion that asks. */
  overrides: readonly Override[];
  /** The Overrides of the Service that nobody has reviewed yet. */
  reviews: readonly Override[];
};

/** The facts of a Decision as the database says them in this very transaction. */
export async function loadDecisionFacts(
  db: Db,
  { environment, promotion, release, service }: DecisionQuestion,
): Promise<DecisionFacts> {
  const filter = { service: service.entityRef };
  const [outsideChange] = await listOutsideChanges(db, {
    ...filter,
    environment: environment.name,
    open: true,
  });
  const given = { promotionIds: promotion ? [promotion.id] : [] };
  return {
    observations: await listObservations(db, [service.entityRef]),
    sources: await listSourceStates(db),
    lanes: await listLanes(db, service.entityRef),
    verified: await listDeployments(db, {
      ...filter,
      releaseId: release.id,
      outcome: 'verified',
    }),
    ...(outsideChange ? { outsideChange } : {}),
    approvals: promotion ? await listApprovals(db, given) : [],
    overrides: promotion ? await listOverrides(db, given) : [],
    reviews: await listOverrides(db, { ...filter, open: true }),
  };
}
