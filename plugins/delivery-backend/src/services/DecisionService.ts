// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  Decision,
  Digest,
  EntityRef,
  NotCounted,
  Override,
  PromotionKind,
  Release,
  SlotState,
  Subject,
} from 'backstage-plugin-delivery-common';
import type { EngineBinding } from 'backstage-plugin-delivery-node';
import type { EnvironmentConfig, PathConfig } from '../config/DeliveryConfig';
import type { StoredService } from '../database/services';
import type { PromotionRecord } from '../domain/PromotionRecord';

/** What is to be decided: may this Release enter this Environment? */
export type DecisionQuestion = {
  service: StoredService;
  path: PathConfig;
  environment: EnvironmentConfig;
  release: Release;
  kind: PromotionKind;
  requestedBy?: EntityRef;
  /** The Promotion that asks, when there is one already. */
  promotion?: PromotionRecord;
};

/** The Decision with what it rests on. */
export type DecisionAnswer = {
  decision: Decision;
  subject: Digest;
  subjectFields: Subject;
  slots: SlotState[];
  notCounted: NotCounted[];
  /** Approvals of the Promotion, with `void` set on those that no longer count. */
  approvals: Approval[];
  /** Gates that somebody let pass for this Promotion. */
  overrides: Override[];
  binding: EngineBinding | { state: 'unknown'; reason: string };
};

/** Puts the facts together and asks all Gates. Changes nothing. */
export interface DecisionService {
  /**
   * @param options - `fresh` is for writes: nothing that was remembered of
   * people, engine or catalog is used. `at` asks what would be at that time.
   */
  decide(
    question: DecisionQuestion,
    options: { fresh: boolean; at?: Date },
  ): Promise<DecisionAnswer>;
}
