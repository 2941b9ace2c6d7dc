// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  approvalSchema,
  notCountedSchema,
  slotStateSchema,
} from '../model/approval';
import { environmentSchema } from '../model/environment';
import {
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  ulidSchema,
} from '../model/names';
import {
  healthSchema,
  helmReleaseSchema,
  observedWorkloadSchema,
  sourceStateSchema,
} from '../model/observation';
import { phaseSchema, promotionSchema } from '../model/promotion';
import { overrideSchema } from '../model/override';
import { promotionKindSchema } from '../model/promotionKind';
import { commitSchema, releaseSummarySchema } from '../model/release';
import { decisionSchema } from '../model/verdict';

/** Whether the person who asked may do something here, and if not why. @public */
export const mayStateSchema = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({
    allowed: z.literal(false),
    reason: z.string().max(300),
    /** Who may, or who can add the person. */
    who: z.array(entityRefSchema).max(20).optional(),
  }),
]);
/** Whether the person who asked may do something here, and if not why. @public */
export type MayState = z.infer<typeof mayStateSchema>;

/** What differs between what runs and the last Deployment. @public */
export const driftSchema = z.object({
  /** `image`, `chart`, `replicas`, … */
  field: z.string().max(100),
  expected: z.string().max(300),
  observed: z.string().max(300),
  since: instantSchema,
});
/** What differs between what runs and the last Deployment. @public */
export type Drift = z.infer<typeof driftSchema>;

/** A change that no Promotion brought, and that a person must look at. @public */
export const changedOutsideSchema = z.object({
  id: ulidSchema,
  since: instantSchema,
  reason: z.string().max(600),
  execution: z.string().max(100).optional(),
});
/** A change that no Promotion brought, and that a person must look at. @public */
export type ChangedOutside = z.infer<typeof changedOutsideSchema>;

/** A hold on automatic Promotions into an Environment. @public */
export const holdSchema = z.object({
  since: instantSchema,
  /** Absent means `automatic`. */
  scope: z.enum(['automatic', 'all']).optional(),
  by: entityRefSchema.optional(),
  reason: z.string().max(600),
});
/** A hold on automatic Promotions into an Environment. @public */
export type Hold = z.infer<typeof holdSchema>;

/** One Environment of a Service: what really runs there and what happened last. @public */
export const environmentDeliverySchema = environmentSchema.extend({
  health: healthSchema,
  /** How fresh the observation is; the values below are the last known ones. */
  observation: z.object({
    state: z.enum(['live', 'syncing', 'stale', 'never']),
    observedAt: instantSchema.optional(),
    since: instantSchema.optional(),
    reason: z.string().max(300).optional(),
  }),
  /** The Release whose digests run here. Absent when nothing or something unknown runs. */
  release: releaseSummarySchema.optional(),
  workloads: z.array(observedWorkloadSchema),
  /** What Helm recorded here; absent where it is not read, or recorded nothing. */
  helmReleases: z.array(helmReleaseSchema).optional(),
  deployment: z
    .object({
      promotionId: ulidSchema,
      promotionNumber: z.number().int().positive(),
      releaseNumber: z.number().int().positive(),
      kind: promotionKindSchema,
      by: entityRefSchema.optional(),
      at: instantSchema,
      verifiedAt: instantSchema.optional(),
      /** Gates that somebody let pass for it; shown as long as it stands here. */
      overrides: z.array(overrideSchema).optional(),
    })
    .optional(),
  /** The last Promotion here that failed, as long as nothing newer ended here. */
  failure: z
    .object({
      promotionId: ulidSchema,
      promotionNumber: z.number().int().positive(),
      releaseNumber: z.number().int().positive(),
      at: instantSchema,
      /** The controller's or the engine's own message, unedited. */
      message: z.string().max(1000),
      saidBy: z.string().max(40),
      rolledBackTo: z.number().int().positive().optional(),
    })
    .optional(),
  /** How many Releases lie between the one here and the one that may come from `than`. */
  behind: z
    .object({
      count: z.number().int().nonnegative(),
      than: environmentNameSchema,
    })
    .optional(),
  drift: driftSchema.optional(),
  changedOutside: changedOutsideSchema.optional(),
  hold: holdSchema.optional(),
  rollback: z.object({
    may: mayStateSchema,
    /** Releases verified here before, newest first, the running one left out. */
    targets: z.array(
      z.object({
        releaseId: z.string(),
        number: z.number().int().positive(),
        verifiedAt: instantSchema,
      }),
    ),
    subject: digestSchema.optional(),
  }),
});
/** One Environment of a Service: what really runs there and what happened last. @public */
export type EnvironmentDelivery = z.infer<typeof environmentDeliverySchema>;

/** The way from one Environment into the next, with the Decision already computed. @public */
export const doorSchema = z.object({
  from: environmentNameSchema,
  to: environmentNameSchema,
  /** What would go through: the Release verified in `from`; absent when there is none. */
  candidate: releaseSummarySchema.optional(),
  /** True when the candidate already runs in `to`. */
  alreadyThere: z.boolean(),
  /** The fingerprint a request must carry; absent when nothing could be asked for. */
  subject: digestSchema.optional(),
  decision: decisionSchema.optional(),
  slots: z.array(slotStateSchema),
  notCounted: z.array(notCountedSchema),
  /** What the candidate brings that `to` does not have, newest first. */
  ships: z.object({
    releases: z.number().int().nonnegative(),
    commits: z.array(commitSchema).max(10),
    commitCount: z.number().int().nonnegative(),
  }),
  may: mayStateSchema,
});
/** The way from one Environment into the next, with the Decision already computed. @public */
export type Door = z.infer<typeof doorSchema>;

/** A Promotion that has not ended, as the tab shows it. @public */
export const openPromotionSchema = promotionSchema.extend({
  decision: decisionSchema.optional(),
  approvals: z.array(approvalSchema),
  /** Gates that somebody let pass; shown for ever. */
  overrides: z.array(overrideSchema).default([]),
  slots: z.array(slotStateSchema),
  notCounted: z.array(notCountedSchema),
  mayOverride: mayStateSchema.optional(),
  mayApprove: mayStateSchema,
  mayCancel: mayStateSchema,
  /** When it entered each phase so far, oldest first. */
  phases: z
    .array(z.object({ phase: phaseSchema, at: instantSchema }))
    .max(20)
    .optional(),
});
/** A Promotion that has not ended, as the tab shows it. @public */
export type OpenPromotion = z.infer<typeof openPromotionSchema>;

/** One thing that delivery needs of a Service: there, not there, or not to be seen. @public */
export const findingSchema = z.object({
  id: z.string().max(60),
  title: z.string().max(80),
  state: z.enum(['found', 'missing', 'unknown', 'refused']),
  /** What was found or is wrong, in one sentence. */
  detail: z.string().max(400),
  /** The annotation that would mend it, when one would. */
  annotation: z
    .object({ key: z.string().max(200), value: z.string().max(300) })
    .optional(),
  link: z
    .object({ title: z.string().max(80), url: z.string().max(2048) })
    .optional(),
});
/** One thing that delivery needs of a Service. @public */
export type Finding = z.infer<typeof findingSchema>;

/** A link out of the portal. @public */
export const linkSchema = z.object({
  title: z.string().max(120),
  url: z.string().max(2048),
  /** Set when the link is about one Environment. */
  environment: environmentNameSchema.optional(),
});
/** A link out of the portal. @public */
export type Link = z.infer<typeof linkSchema>;

/**
 * Where a Service is: everything the Deploy tab shows first, in one answer of
 * at most 6 KB.
 *
 * @remarks
 * `setup: incomplete` means that the Service is not on a promotion path yet;
 * then only `findings` and the empty environments are of use.
 * @public
 */
export const serviceDeliverySchema = z.object({
  service: entityRefSchema,
  title: z.string(),
  path: z.string(),
  setup: z.enum(['complete', 'incomplete']),
  environments: z.array(environmentDeliverySchema),
  doors: z.array(doorSchema),
  promotions: z.array(openPromotionSchema),
  newest: releaseSummarySchema.optional(),
  sources: z.array(sourceStateSchema),
  findings: z.array(findingSchema),
  links: z.array(linkSchema),
  asOf: instantSchema,
});
/** Where a Service is: everything the Deploy tab shows first. @public */
export type ServiceDelivery = z.infer<typeof serviceDeliverySchema>;
