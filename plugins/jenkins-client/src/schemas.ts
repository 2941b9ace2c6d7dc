// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const absent = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform(value => value ?? undefined);

/** What Jenkins says of a build's end. */
export const buildResultSchema = z.enum([
  'SUCCESS',
  'UNSTABLE',
  'FAILURE',
  'NOT_BUILT',
  'ABORTED',
]);

/** `…/api/json?tree=` of a folder or job. */
export const jobAnswerSchema = z.object({
  _class: z.string().optional(),
  name: z.string(),
  fullName: z.string().optional(),
  url: z.string().optional(),
  buildable: absent(z.boolean()),
});

/** `…/api/json?tree=jobs[…]` of a folder. */
export const jobListAnswerSchema = z.object({
  jobs: z.array(jobAnswerSchema).default([]),
});

/** Fields of {@link buildAnswerSchema} as a `tree=` parameter. */
export const BUILD_TREE =
  'number,url,result,building,timestamp,duration,queueId,actions[parameters[name,value],lastBuiltRevision[SHA1,branch[name]],causes[shortDescription,userId]],artifacts[relativePath]';

const actionSchema = z.object({
  parameters: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .optional(),
  lastBuiltRevision: z
    .object({
      SHA1: z.string(),
      branch: z.array(z.object({ name: z.string() })).default([]),
    })
    .optional(),
  causes: z
    .array(
      z.object({
        shortDescription: z.string().optional(),
        userId: absent(z.string()),
      }),
    )
    .optional(),
});

/** One build, as asked for with {@link BUILD_TREE}. */
export const buildAnswerSchema = z.object({
  number: z.number().int().positive(),
  url: z.string().optional(),
  result: absent(buildResultSchema),
  building: z.boolean().default(false),
  timestamp: z.number(),
  duration: z.number().default(0),
  queueId: absent(z.number()),
  // Jenkins lists an empty object for each action that exports none of the asked fields.
  actions: z.array(absent(actionSchema)).default([]),
  artifacts: z.array(z.object({ relativePath: z.string() })).default([]),
});

/** Builds of a job. */
export const buildListAnswerSchema = z.object({
  builds: z.array(buildAnswerSchema).default([]),
});

/** One queue item. */
export const queueAnswerSchema = z.object({
  cancelled: z.boolean().optional(),
  why: absent(z.string()),
  executable: absent(z.object({ number: z.number(), url: z.string() })),
});

/** Test report counts. */
export const testReportAnswerSchema = z.object({
  // Some reports have no passCount of their own, only a total.
  passCount: z.number().optional(),
  totalCount: z.number().optional(),
  failCount: z.number().default(0),
  skipCount: z.number().default(0),
});

/** A node of `stages/tree`. */
export type StageTreeNode = {
  id: string;
  name: string;
  state: string;
  startTimeMillis?: number | undefined;
  totalDurationMillis?: number | undefined;
  children: StageTreeNode[];
};

const stageTreeNodeSchema: z.ZodType<StageTreeNode> = z.lazy(() =>
  z.object({
    id: z.coerce.string(),
    name: z.string(),
    state: z.string(),
    startTimeMillis: absent(z.coerce.number()),
    totalDurationMillis: absent(z.coerce.number()),
    children: z.array(stageTreeNodeSchema).default([]),
  }),
);

/** `stages/tree` of pipeline-graph-view. */
export const stageTreeAnswerSchema = z.object({
  data: z.object({ stages: z.array(stageTreeNodeSchema) }),
});

/** `wfapi/describe` of pipeline-rest-api. */
export const describeAnswerSchema = z.object({
  stages: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.string(),
        startTimeMillis: absent(z.number()),
        durationMillis: absent(z.number()),
      }),
    )
    .default([]),
});
