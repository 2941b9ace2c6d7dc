// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentDelivery } from 'backstage-plugin-delivery-common';
import type { PromotionRecord } from '../domain/PromotionRecord';

/**
 * The last Promotion of a lane that failed, until a newer one succeeded.
 *
 * @remarks
 * The rollback that the failure itself brought about does not hide it: people
 * should see what failed and what it was rolled back to.
 * @param promotions - of one lane, newest first.
 */
export function findFailure(
  promotions: readonly PromotionRecord[],
): EnvironmentDelivery['failure'] {
  for (const promotion of promotions) {
    if (promotion.phase === 'failed') {
      return {
        promotionId: promotion.id,
        promotionNumber: promotion.number,
        releaseNumber: promotion.releaseNumber,
        at: promotion.updatedAt,
        message: promotion.phaseReason ?? 'No reason was given.',
        saidBy: saidBy(promotion),
        ...(promotion.rolledBackTo === undefined
          ? {}
          : { rolledBackTo: promotion.rolledBackTo }),
      };
    }
    const itsRollback =
      promotion.after !== undefined &&
      promotions.some(
        ({ id, phase }) => id === promotion.after && phase === 'failed',
      );
    if (promotion.phase === 'succeeded' && !itsRollback) {
      return undefined;
    }
  }
  return undefined;
}

/** Verification looks at the cluster; before it, the engine tells. */
function saidBy(promotion: PromotionRecord): string {
  if (promotion.saidBy) {
    return promotion.saidBy;
  }
  if (promotion.verifyingSince) {
    return 'Kubernetes';
  }
  const engine = promotion.execution?.engine ?? 'the engine';
  return `${engine.charAt(0).toUpperCase()}${engine.slice(1)}`.slice(0, 40);
}
