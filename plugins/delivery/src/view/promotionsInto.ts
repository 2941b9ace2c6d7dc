// SPDX-License-Identifier: Apache-2.0
import {
  LANE_PHASES,
  type OpenPromotion,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';

/** The open Promotions into one Environment, by what they mean for it. */
export type PromotionsInto = {
  /** A person must look; nothing else enters meanwhile. */
  attention?: OpenPromotion;
  inFlight?: OpenPromotion;
  /** Behind their gates, newest first; they hold nothing up. */
  waiting: OpenPromotion[];
};

/** Sorts the open Promotions into an Environment by what they mean for it. */
export function promotionsInto(
  service: ServiceDelivery,
  environment: string,
): PromotionsInto {
  const into = service.promotions.filter(
    promotion => promotion.environment === environment,
  );
  return {
    attention: into.find(promotion => promotion.phase === 'needs-attention'),
    inFlight: into.find(
      promotion =>
        promotion.phase !== 'needs-attention' &&
        LANE_PHASES.includes(promotion.phase),
    ),
    waiting: into
      .filter(promotion => promotion.phase === 'waiting')
      .sort((a, b) => b.number - a.number),
  };
}
