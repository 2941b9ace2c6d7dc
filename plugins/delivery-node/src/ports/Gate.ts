// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  EntityRef,
  Environment,
  Hold,
  NotCounted,
  Observation,
  Promotion,
  PromotionKind,
  Release,
  SlotState,
  SourceState,
  Verdict,
} from 'backstage-plugin-delivery-common';
import type { z } from 'zod';

/** What is known of the Release in one Environment. @public */
export type EnvironmentFacts = {
  environment: Environment;
  /** Since when the Release runs there verified and healthy, without a break. */
  verifiedSince?: string;
  /** Whether it was ever verified there. */
  everVerified: boolean;
  observation?: Observation;
  /** How fresh the observation is. */
  source?: SourceState;
};

/** Everything a Gate may look at. @public */
export type GateContext = {
  now: Date;
  kind: PromotionKind;
  service: { entityRef: EntityRef; owner?: EntityRef };
  environment: Environment;
  release: Release;
  /** Absent while somebody only looks whether it could be asked for. */
  promotion?: Promotion;
  /** Who asks or would ask; absent for automatic ones. */
  requestedBy?: EntityRef;
  /** Every Environment of the path, by name, as to this Release. */
  environments: ReadonlyMap<string, EnvironmentFacts>;
  /** Approvals that are bound to the present subject. */
  approvals: readonly Approval[];
  /** The people behind a slot's `from`, by that text; absent when not known. */
  people: ReadonlyMap<string, readonly EntityRef[]>;
  /** The people who wrote the commits of the Release, as far as they are known. */
  authors: readonly EntityRef[];
  hold?: Hold;
};

/** What people see of an approvals Gate besides its Verdict. @public */
export type ApprovalFacts = { slots: SlotState[]; notCounted: NotCounted[] };

/**
 * A rule on an Environment's door.
 *
 * @remarks
 * `evaluate` is pure: the same configuration and context give the same Verdict.
 * A Gate that throws is `unknown`, which never passes.
 * @public
 */
export interface Gate<Config = unknown> {
  /** The `type` a user writes in the configuration. */
  readonly type: string;
  /** What people read before its sentence: "Soak". */
  title(config: Config): string;
  readonly configSchema: z.ZodType<Config>;
  /** The kinds it counts for when the configuration does not say. */
  readonly defaultFor: readonly PromotionKind[];
  /** The people it needs to know: `owner`, `group:…`, `user:…`. */
  people?(config: Config): string[];
  evaluate(config: Config, context: GateContext): Verdict;
  /** Only of Gates that collect approvals. */
  approvals?(config: Config, context: GateContext): ApprovalFacts;
}
