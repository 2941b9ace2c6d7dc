// SPDX-License-Identifier: Apache-2.0
import { ulid } from 'ulid';
import type { Deployment } from 'backstage-plugin-delivery-common';
import type { Effect } from '../domain/Transition';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Db } from './Db';
import { findDeployment, saveDeployment } from './deployments';
import { saveHold, saveOccupancy } from './lanes';
import { insertNote } from './notes';
import { listOverrides } from './overrides';

/**
 * Stores what an arrow of the state machine brings about, in its transaction.
 *
 * @remarks
 * The rollback after a failure is not made here: the reconciler makes it from
 * the failed Promotion, so that it is made once whoever comes first.
 */
export async function applyEffects(
  tx: Db,
  promotion: PromotionRecord,
  effects: readonly Effect[],
  at: string,
): Promise<PromotionRecord> {
  for (const effect of effects) {
    switch (effect.type) {
      case 'deployment-began':
        await saveDeployment(tx, await begun(tx, promotion, at));
        break;
      case 'deployment-verified':
        await saveDeployment(tx, {
          ...(await deploymentOf(tx, promotion, at)),
          outcome: 'verified',
          endedAt: at,
          verifiedAt: at,
        });
        await saveOccupancy(
          tx,
          { service: promotion.service, environment: promotion.environment },
          { releaseId: promotion.releaseId, since: at },
        );
        break;
      case 'deployment-failed':
        await saveDeployment(tx, {
          ...(await deploymentOf(tx, promotion, at)),
          outcome: 'failed',
          endedAt: at,
          message: effect.message.slice(0, 1000),
        });
        break;
      case 'hold':
        await saveHold(
          tx,
          { service: promotion.service, environment: promotion.environment },
          { since: at, by: promotion.requestedBy, reason: effect.reason },
        );
        await insertNote(tx, {
          id: ulid(Date.parse(at)),
          service: promotion.service,
          environment: promotion.environment,
          kind: 'hold',
          at,
          by: promotion.requestedBy,
          summary: `Automatic promotion into ${promotion.environment} is on hold since the roll back`,
          reason: effect.reason,
        });
        break;
      default:
        break;
    }
  }
  return promotion;
}

async function deploymentOf(
  tx: Db,
  promotion: PromotionRecord,
  at: string,
): Promise<Deployment> {
  return (
    (await findDeployment(tx, promotion.id)) ?? (await begun(tx, promotion, at))
  );
}

async function begun(
  tx: Db,
  promotion: PromotionRecord,
  at: string,
): Promise<Deployment> {
  const overrides = await listOverrides(tx, { promotionIds: [promotion.id] });
  return {
    id: ulid(Date.parse(at)),
    service: promotion.service,
    environment: promotion.environment,
    releaseId: promotion.releaseId,
    releaseNumber: promotion.releaseNumber,
    promotionId: promotion.id,
    promotionNumber: promotion.number,
    kind: promotion.kind,
    by: promotion.requestedBy,
    approvedBy: promotion.approvedBy ?? [],
    reason: promotion.reason,
    ...(overrides.length > 0
      ? { overrides: overrides.map(({ id }) => id) }
      : {}),
    startedAt: at,
    outcome: 'running',
  };
}
