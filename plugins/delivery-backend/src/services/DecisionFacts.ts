// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  Observation,
  Override,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { toApproval } from '../database/approvals';
import type { Db } from '../database/Db';
import { toLane, type Lane } from '../database/lanes';
import {
  listDecisionRows,
  type DecisionRow,
} from '../database/listDecisionRows';
import { toObservation, toSourceState } from '../database/observations';
import type { OutsideChange } from '../database/outsideChanges';
import { toOverride } from '../database/overrides';
import type { DecisionQuestion } from './DecisionService';

/** What is stored and counts for one Decision. */
export type DecisionFacts = {
  observations: readonly Observation[];
  sources: readonly SourceState[];
  lanes: readonly Lane[];
  /** Where the Release was verified, by its Deployments. */
  verified: readonly { environment: string }[];
  /** The newest change from outside that nobody has looked at yet. */
  outsideChange?: Pick<OutsideChange, 'reason' | 'since'>;
  /** Those of the Promotion that asks, oldest first. */
  approvals: readonly Approval[];
  /** Those of the Promotion that asks, oldest first. */
  overrides: readonly Override[];
  /** The Overrides of the Service that nobody has reviewed yet, oldest first. */
  reviews: readonly Override[];
};

/** The facts of a Decision as the database says them in this very transaction. */
export async function loadDecisionFacts(
  db: Db,
  { environment, promotion, release, service }: DecisionQuestion,
): Promise<DecisionFacts> {
  const rows = await listDecisionRows(db, {
    service: service.entityRef,
    environment: environment.name,
    releaseId: release.id,
    promotionId: promotion?.id,
  });
  const of = <T>(
    kind: DecisionRow['kind'],
    read: (columns: DecisionRow['columns']) => T,
  ): T[] => rows.flatMap(row => (row.kind === kind ? [read(row.columns)] : []));
  const [outsideChange] = of('outside', ([since, reason]) => ({
    since: text(since),
    reason: text(reason),
  })).sort((a, b) => order(b.since, a.since));
  const overrides = (kind: 'override' | 'review') =>
    of(kind, ([body]) => toOverride({ body: text(body) })).sort(byId);
  return {
    observations: of('observation', ([body]) =>
      toObservation({ body: text(body) }),
    ),
    sources: of('source', ([body]) => toSourceState({ body: text(body) })),
    lanes: of('lane', ([name, occupant, since, hold]) =>
      toLane({
        service: service.entityRef,
        environment: text(name),
        occupant,
        occupied_since: since,
        hold,
      }),
    ),
    verified: of('verified', ([name]) => ({ environment: text(name) })),
    ...(outsideChange ? { outsideChange } : {}),
    approvals: of('approval', toGiven).sort(
      (a, b) => order(a.at, b.at) || byId(a, b),
    ),
    overrides: overrides('override'),
    reviews: overrides('review'),
  };
}

function toGiven([
  id,
  promotionId,
  by,
  verdict,
  reason,
  subject,
  at,
  withdrawnAt,
]: DecisionRow['columns']): Approval {
  return toApproval({
    id: text(id),
    promotion_id: text(promotionId),
    by: text(by),
    // What is neither must not count as a yes.
    verdict: verdict === 'approve' ? 'approve' : 'reject',
    reason,
    subject: text(subject),
    at: text(at),
    withdrawn_at: withdrawnAt,
  });
}

function byId(a: { id: string }, b: { id: string }): number {
  return order(a.id, b.id);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function text(column: string | null): string {
  if (column === null) {
    throw new Error('A column of what a decision rests on is empty');
  }
  return column;
}
