// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
} from './names';

/**
 * The health of what runs in an Environment.
 *
 * @remarks
 * `missing` means that the cluster was seen and nothing of the Service runs
 * there; `unknown` means that it could not be seen.
 * @public
 */
export const healthSchema = z.enum([
  'healthy',
  'progressing',
  'unhealthy',
  'missing',
  'unknown',
]);
/** The health of what runs in an Environment. @public */
export type Health = z.infer<typeof healthSchema>;

/** What a cluster warned of lately. @public */
export const workloadEventSchema = z.object({
  /** The machine-readable word, for example `BackOff` or `FailedScheduling`. */
  reason: z.string().max(60),
  message: z.string().max(200),
  /** How often it was said. */
  count: z.number().int().positive(),
  /** When it was said last. */
  at: instantSchema,
});
/** What a cluster warned of lately. @public */
export type WorkloadEvent = z.infer<typeof workloadEventSchema>;

/** One Workload of a Service as observed. @public */
export const observedWorkloadSchema = z.object({
  kind: z.string().max(60),
  name: z.string().max(253),
  ready: z.number().int().nonnegative(),
  updated: z.number().int().nonnegative().optional(),
  desired: z.number().int().nonnegative(),
  images: z
    .array(
      z.object({
        name: z.string().max(400),
        tag: z.string().max(128).optional(),
        digest: digestSchema.optional(),
      }),
    )
    .max(20),
  chart: z.string().max(200).optional(),
  /** What the Workload says that its version is, by the label for it. */
  version: z.string().max(63).optional(),
  restarts: z.number().int().nonnegative().optional(),
  health: healthSchema,
  /** The controller's own message, unedited but for its length. */
  message: z.string().max(600).optional(),
  /** The newest warnings of the last minutes, only while it is failing. */
  events: z.array(workloadEventSchema).max(3).optional(),
});
/** One Workload of a Service as observed. @public */
export type ObservedWorkload = z.infer<typeof observedWorkloadSchema>;

/** What Helm recorded of a release of its own, where it is read. @public */
export const helmReleaseSchema = z.object({
  name: z.string().max(63),
  /** Counts up with each install, upgrade and rollback. */
  revision: z.number().int().positive(),
  /** Helm's own word: `deployed`, `failed`, `pending-upgrade`, … */
  status: z.string().max(30),
  /** The name of the chart. */
  chart: z.string().max(100).optional(),
  /** The version of the chart. */
  version: z.string().max(100).optional(),
  /** The SHA-256 of the record as it is stored. */
  digest: digestSchema.optional(),
});
/** What Helm recorded of a release of its own, where it is read. @public */
export type HelmRelease = z.infer<typeof helmReleaseSchema>;

/** What was seen running and when; never edited. @public */
export const observationSchema = z.object({
  service: entityRefSchema,
  environment: environmentNameSchema,
  observedAt: instantSchema,
  health: healthSchema,
  workloads: z.array(observedWorkloadSchema).max(50),
  /** The newest revision of each; absent where they are not read. */
  helmReleases: z.array(helmReleaseSchema).max(5).optional(),
  /** Set when the namespace may not be read for this Service, and why. */
  refused: z.string().max(300).optional(),
});
/** What was seen running and when; never edited. @public */
export type Observation = z.infer<typeof observationSchema>;

/** How fresh a source of facts is. @public */
export const sourceStateSchema = z.object({
  /** The vendor: kubernetes, spinnaker, jenkins, … */
  source: z.string().max(40),
  /** Which one of them: a cluster's or an instance's name. */
  id: z.string().max(100),
  state: z.enum(['syncing', 'live', 'stale']),
  seenAt: instantSchema.optional(),
  since: instantSchema.optional(),
  reason: z.string().max(300).optional(),
});
/** How fresh a source of facts is. @public */
export type SourceState = z.infer<typeof sourceStateSchema>;
