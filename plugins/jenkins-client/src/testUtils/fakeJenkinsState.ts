// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Why a build was started. */
const causeSchema = z.object({
  kind: z.enum(['user', 'push', 'poll', 'cron']),
  shortDescription: z.string(),
  userId: z.string().optional(),
});

/**
 * Why a build was started.
 *
 * @public
 */
export type FakeCause = z.infer<typeof causeSchema>;

const stageStateSchema = z.enum([
  'running',
  'skipped',
  'success',
  'unstable',
  'failure',
  'aborted',
]);
/**
 * State of a stage as pipeline-graph-view writes it.
 *
 * @public
 */
export type FakeStageState = z.infer<typeof stageStateSchema>;

const stageSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: stageStateSchema,
  startedAt: z.number(),
  durationMs: z.number().optional(),
});
/**
 * One stage of a build.
 *
 * @public
 */
export type FakeStage = z.infer<typeof stageSchema>;

const buildSchema = z.object({
  job: z.string(),
  number: z.number(),
  queueId: z.number(),
  result: z
    .enum(['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'])
    .optional(),
  startedAt: z.number(),
  durationMs: z.number().optional(),
  parameters: z.record(z.string(), z.string()),
  causes: z.array(causeSchema),
  revision: z
    .object({ commit: z.string(), branch: z.string(), url: z.string() })
    .optional(),
  stages: z.array(stageSchema),
  console: z.string(),
  artifacts: z.array(z.object({ path: z.string(), base64: z.string() })),
  tests: z
    .object({
      passed: z.number(),
      failed: z.number(),
      skipped: z.number(),
    })
    .optional(),
});
/**
 * One build; it is running as long as it has no result.
 *
 * @public
 */
export type FakeBuild = z.infer<typeof buildSchema>;

const queueItemSchema = z.object({
  id: z.number(),
  job: z.string(),
  parameters: z.record(z.string(), z.string()),
  causes: z.array(causeSchema),
  /** The commit that made a trigger ask for this build. */
  expectedCommit: z.string().optional(),
  state: z.enum(['waiting', 'left', 'cancelled']),
  since: z.number(),
  leftAt: z.number().optional(),
  build: z.number().optional(),
});
/** A request to build that waits or has left the queue within five minutes. */
export type FakeQueueItem = z.infer<typeof queueItemSchema>;

const itemSchema = z.object({
  fullName: z.string(),
  config: z.string(),
  nextBuildNumber: z.number(),
});
/** A folder or job. */
export type FakeItem = z.infer<typeof itemSchema>;

/** The form of {@link FakeJenkinsState}. */
export const fakeJenkinsStateSchema = z.object({
  version: z.literal(1),
  items: z.array(itemSchema),
  builds: z.array(buildSchema),
  queue: z.array(queueItemSchema),
  nextQueueId: z.number(),
  lastTick: z.number(),
});

/**
 * Everything a fake controller knows, as JSON.
 *
 * @public
 */
export type FakeJenkinsState = z.infer<typeof fakeJenkinsStateSchema>;
