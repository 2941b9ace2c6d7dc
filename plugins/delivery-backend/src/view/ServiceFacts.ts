// SPDX-License-Identifier: Apache-2.0
import type {
  Deployment,
  Observation,
  Override,
  Release,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { EnvironmentConfig, PathConfig } from '../config/DeliveryConfig';
import type { StoredFinding } from '../database/findings';
import type { Lane } from '../database/lanes';
import type { OutsideChange } from '../database/outsideChanges';
import type { StoredService } from '../database/services';
import type { PromotionRecord } from '../domain/PromotionRecord';

/** Everything that is stored of one Service, as far as a view needs it. */
export type ServiceFacts = {
  now: Date;
  service: StoredService;
  path: PathConfig;
  /** Newest first; the newest ones and all that are or were deployed lately. */
  releases: readonly Release[];
  observations: readonly Observation[];
  sources: readonly SourceState[];
  lanes: readonly Lane[];
  /** Newest first: all that have not ended and the newest that have. */
  promotions: readonly PromotionRecord[];
  /** Newest first. */
  deployments: readonly Deployment[];
  /** Those by which one of the Deployments came in. */
  overrides: readonly Override[];
  /** Those that nobody has looked at yet, newest first. */
  outsideChanges: readonly OutsideChange[];
  findings: readonly StoredFinding[];
};

/** What is known of one Environment of the Service. */
export type LaneFacts = {
  environment: EnvironmentConfig;
  observation?: Observation;
  source?: SourceState;
  lane?: Lane;
  /** Newest first. */
  promotions: readonly PromotionRecord[];
  /** Newest first. */
  deployments: readonly Deployment[];
  overrides: readonly Override[];
  outsideChange?: OutsideChange;
};

/** What is known of one Environment of the Service. */
export function laneFacts(
  facts: ServiceFacts,
  environment: EnvironmentConfig,
): LaneFacts {
  const here = (one: { environment: string }) =>
    one.environment === environment.name;
  return {
    environment,
    observation: facts.observations.find(here),
    source: facts.sources.find(
      ({ id, source }) => source === 'kubernetes' && id === environment.cluster,
    ),
    lane: facts.lanes.find(here),
    promotions: facts.promotions.filter(here),
    deployments: facts.deployments.filter(here),
    overrides: facts.overrides,
    outsideChange: facts.outsideChanges.find(here),
  };
}
