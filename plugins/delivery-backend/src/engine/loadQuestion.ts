// SPDX-License-Identifier: Apache-2.0
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { Db } from '../database/Db';
import { findGround, type Ground } from '../database/findGround';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { DecisionQuestion } from '../services/DecisionService';

/** The question a stored Promotion asks, or why it cannot be asked any more. */
export type LoadedQuestion =
  | {
      state: 'asked';
      question: DecisionQuestion & { promotion: PromotionRecord };
    }
  | { state: 'gone'; reason: string };

/** The question a stored Promotion asks, or why it cannot be asked any more. */
export async function loadQuestion(
  db: Db,
  config: DeliveryConfig,
  promotion: PromotionRecord,
): Promise<LoadedQuestion> {
  return questionOf(config, promotion, await findGround(db, promotion));
}

/** The same of what was read before. */
export function questionOf(
  config: DeliveryConfig,
  promotion: PromotionRecord,
  { release, service }: Ground,
): LoadedQuestion {
  if (!service) {
    return {
      state: 'gone',
      reason: `${promotion.service} is not on a promotion path any more.`,
    };
  }
  const path = config.paths.get(service.path);
  const environment = path?.environments.find(
    one => one.name === promotion.environment,
  );
  if (!path || !environment) {
    return {
      state: 'gone',
      reason: `The path "${service.path}" has no environment "${promotion.environment}" any more.`,
    };
  }
  if (!release) {
    return {
      state: 'gone',
      reason: `Release ${promotion.releaseNumber} is not known any more.`,
    };
  }
  return {
    state: 'asked',
    question: {
      service,
      path,
      environment,
      release,
      kind: promotion.kind,
      requestedBy: promotion.requestedBy,
      promotion,
    },
  };
}
