// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  Digest,
  EntityRef,
  Environment,
  EnvironmentName,
  Hold,
  NotCounted,
  Observation,
  Override,
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

/**
 * A question to the outside that a Gate cannot do without.
 *
 * @remarks
 * It is asked for the Gate, of allowed hosts only, without following redirects
 * and within its time; the Gate itself stays pure.
 * @public
 */
export type FactRequest = {
  /** Unique within the Gate. */
  id: string;
  url: string;
  /** Milliseconds. */
  timeout: number;
};

/** What the outside answered, or why it is not known. @public */
export type Fact =
  | {
      state: 'known';
      /** The JSON of the answer. */
      body: unknown;
      at: string;
      /** Of the bytes of the answer, for the record. */
      digest: Digest;
    }
  | { state: 'unknown'; reason: string; at: string };

/** What a Gate may put into its questions. @public */
export type FactSubject = {
  service: EntityRef;
  environment: EnvironmentName;
  release: Release;
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
  /** Overrides of this Service whose review is overdue, oldest first. */
  overdueReviews: readonly Override[];
  /** The answers to the Gate's own questions, by their id. */
  facts: ReadonlyMap<string, Fact>;
};

/** A span of time; half-open. @public */
export type TimeSpan = { from: Date; to: Date };

/** What a Gate may look at to find that it can never pass. @public */
export type LintContext = {
  now: Date;
  environment: { name: EnvironmentName; after: readonly EnvironmentName[] };
  /** The people behind a slot's `from`, by that text; absent when not known. */
  people: ReadonlyMap<string, readonly EntityRef[]>;
  /** When other Gates of the same door are closed by the calendar. */
  closed: readonly TimeSpan[];
};

/** Why a Gate can never pass, or probably not as it was meant. @public */
export type LintFinding = {
  severity: 'error' | 'warning' | 'unknown';
  detail: string;
  fix?: string;
};

/**
 * The people behind a slot's `from`, by that text, as far as they are known for
 * certain: `absent` when there is nobody of that name.
 * @public
 */
export type CertainPeople = ReadonlyMap<
  string,
  readonly EntityRef[] | 'absent'
>;

/** What is wrong in a Gate's configuration, and at which key below the Gate. @public */
export type GateFault = { path: (string | number)[]; message: string };

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
  /** What it needs to know from outside. */
  facts?(config: Config, subject: FactSubject): FactRequest[];
  evaluate(config: Config, context: GateContext): Verdict;
  /** Only of Gates that collect approvals. */
  approvals?(config: Config, context: GateContext): ApprovalFacts;
  /** Only of Gates that are closed by a calendar: when, from an instant on. */
  closed?(config: Config, from: Date): TimeSpan[];
  /**
   * What is wrong for certain, whoever the people are that are not known;
   * delivery does not start with it.
   */
  faults?(config: Config, people: CertainPeople): GateFault[];
  /** Why it can never pass as it is configured; empty when it can. */
  lint?(config: Config, context: LintContext): LintFinding[];
}
