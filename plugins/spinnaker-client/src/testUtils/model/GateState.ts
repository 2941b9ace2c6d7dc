// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { EXECUTION_STATUSES } from '../../schemas/execution';
import { jsonMapSchema } from './Json';

const status = z.enum(EXECUTION_STATUSES);

const fakeTaskSchema = z.object({
  endTime: z.number().optional(),
  id: z.string(),
  implementingClass: z.string(),
  loopEnd: z.boolean(),
  loopStart: z.boolean(),
  name: z.string(),
  stageEnd: z.boolean(),
  stageStart: z.boolean(),
  startTime: z.number().optional(),
  status,
  taskExceptionDetails: jsonMapSchema,
});

const fakeStageSchema = z.object({
  context: jsonMapSchema,
  endTime: z.number().optional(),
  id: z.string(),
  lastModified: jsonMapSchema.optional(),
  name: z.string(),
  outputs: jsonMapSchema,
  parentStageId: z.string().optional(),
  refId: z.string(),
  requisiteStageRefIds: z.array(z.string()),
  startTime: z.number().optional(),
  startTimeExpiry: z.number().optional(),
  status,
  syntheticStageOwner: z.string().optional(),
  tasks: z.array(fakeTaskSchema),
  type: z.string(),
});

const fakeExecutionSchema = z.object({
  application: z.string(),
  authentication: z.object({
    allowedAccounts: z.array(z.string()),
    user: z.string().optional(),
  }),
  buildTime: z.number(),
  canceled: z.boolean(),
  canceledBy: z.string().optional(),
  cancellationReason: z.string().optional(),
  description: z.string().optional(),
  endTime: z.number().optional(),
  id: z.string(),
  initialConfig: jsonMapSchema,
  keepWaitingPipelines: z.boolean(),
  limitConcurrent: z.boolean(),
  maxConcurrentExecutions: z.number(),
  name: z.string().optional(),
  notifications: z.array(z.json()),
  origin: z.string(),
  paused: jsonMapSchema.optional(),
  pipelineConfigId: z.string().optional(),
  spelEvaluator: z.string().optional(),
  stages: z.array(fakeStageSchema),
  startTime: z.number().optional(),
  startTimeExpiry: z.number().optional(),
  status,
  systemNotifications: z.array(z.json()),
  templateVariables: jsonMapSchema.optional(),
  trigger: jsonMapSchema,
  type: z.enum(['PIPELINE', 'ORCHESTRATION']),
});

/** What the fake remembers about a running stage beside what Gate shows. */
const stageProgressSchema = z.object({
  /** When its current task is due again, in milliseconds since the epoch. */
  nextAt: z.number(),
  /** How often the stage was started; 1 unless it was restarted. */
  attempt: z.number(),
});

const deployRecordSchema = z.object({
  executionId: z.string(),
  stageId: z.string(),
  attempt: z.number(),
  application: z.string(),
  account: z.string(),
  namespace: z.string(),
  /** For example `deployment orders`. */
  manifests: z.array(z.string()),
  images: z.array(z.string()),
  parameters: jsonMapSchema,
  at: z.number(),
  outcome: z.enum(['applied', 'refused']),
});

const artifactVersionSchema = z.object({
  version: z.string(),
  content: z.string(),
});

/** All that the fake knows; plain JSON, to be kept between runs. @public */
export const gateStateSchema = z.object({
  applications: z.record(z.string(), jsonMapSchema).default({}),
  pipelines: z.array(jsonMapSchema).default([]),
  executions: z.array(fakeExecutionSchema).default([]),
  orchestrations: z.array(fakeExecutionSchema).default([]),
  progress: z.record(z.string(), stageProgressSchema).default({}),
  deploys: z.array(deployRecordSchema).default([]),
  artifactVersions: z
    .record(z.string(), z.array(artifactVersionSchema))
    .default({}),
});

/** All that the fake knows. @public */
export type GateState = z.infer<typeof gateStateSchema>;
/** An execution inside the fake, exactly as Gate shows it. @public */
export type FakeExecution = z.infer<typeof fakeExecutionSchema>;
/** A stage inside the fake, exactly as Gate shows it. @public */
export type FakeStage = z.infer<typeof fakeStageSchema>;
/** A task inside the fake, exactly as Gate shows it. @public */
export type FakeTask = z.infer<typeof fakeTaskSchema>;
/** A deployment that was really carried out. @public */
export type DeployRecord = z.infer<typeof deployRecordSchema>;
/** What the fake remembers about a running stage. @public */
export type StageProgress = z.infer<typeof stageProgressSchema>;
