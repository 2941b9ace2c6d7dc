// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { JenkinsBuildResult } from '../model';

/**
 * Why a build was started.
 *
 * @public
 */
export type FakeCause = {
  kind: 'user' | 'push' | 'poll' | 'cron';
  shortDescription: string;
  userId?: string;
};

/**
 * State of a stage as pipeline-graph-view writes it.
 *
 * @public
 */
export type FakeStageState =
  | 'running'
  | 'skipped'
  | 'success'
  | 'unstable'
  | 'failure'
  | 'aborted';

/**
 * One stage of a build; times in milliseconds.
 *
 * @public
 */
export type FakeStage = {
  id: string;
  name: string;
  state: FakeStageState;
  startedAt: number;
  durationMs?: number;
};

/**
 * One build; it is running as long as it has no result. Times in milliseconds.
 *
 * @public
 */
export type FakeBuild = {
  job: string;
  number: number;
  queueId: number;
  result?: JenkinsBuildResult;
  startedAt: number;
  durationMs?: number;
  parameters: Record<string, string>;
  causes: FakeCause[];
  revision?: { commit: string; branch: string; url: string };
  stages: FakeStage[];
  console: string;
  artifacts: { path: string; base64: string }[];
  tests?: { passed: number; failed: number; skipped: number };
};

/**
 * A request to build that waits or has left the queue within five minutes.
 *
 * @public
 */
export type FakeQueueItem = {
  id: number;
  job: string;
  parameters: Record<string, string>;
  causes: FakeCause[];
  /** The commit that made a trigger ask for this build. */
  expectedCommit?: string;
  state: 'waiting' | 'left' | 'cancelled';
  since: number;
  leftAt?: number;
  build?: number;
};

/**
 * A folder or job.
 *
 * @public
 */
export type FakeItem = {
  fullName: string;
  /** Its `config.xml`. */
  config: string;
  nextBuildNumber: number;
};

/**
 * Everything a fake controller knows, as JSON.
 *
 * @public
 */
export type FakeJenkinsState = {
  version: 1;
  items: FakeItem[];
  builds: FakeBuild[];
  queue: FakeQueueItem[];
  nextQueueId: number;
  lastTick: number;
};

const causeSchema: z.ZodType<FakeCause> = z.object({
  kind: z.enum(['user', 'push', 'poll', 'cron']),
  shortDescription: z.string(),
  userId: z.string().optional(),
});

const buildSchema: z.ZodType<FakeBuild> = z.object({
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
  stages: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum([
        'running',
        'skipped',
        'success',
        'unstable',
        'failure',
        'aborted',
      ]),
      startedAt: z.number(),
      durationMs: z.number().optional(),
    }),
  ),
  console: z.string(),
  artifacts: z.array(z.object({ path: z.string(), base64: z.string() })),
  tests: z
    .object({ passed: z.number(), failed: z.number(), skipped: z.number() })
    .optional(),
});

/** The form of {@link FakeJenkinsState}. */
export const fakeJenkinsStateSchema: z.ZodType<FakeJenkinsState> = z.object({
  version: z.literal(1),
  items: z.array(
    z.object({
      fullName: z.string(),
      config: z.string(),
      nextBuildNumber: z.number(),
    }),
  ),
  builds: z.array(buildSchema),
  queue: z.array(
    z.object({
      id: z.number(),
      job: z.string(),
      parameters: z.record(z.string(), z.string()),
      causes: z.array(causeSchema),
      expectedCommit: z.string().optional(),
      state: z.enum(['waiting', 'left', 'cancelled']),
      since: z.number(),
      leftAt: z.number().optional(),
      build: z.number().optional(),
    }),
  ),
  nextQueueId: z.number(),
  lastTick: z.number(),
});
