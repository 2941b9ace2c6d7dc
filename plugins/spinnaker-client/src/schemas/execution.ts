// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** The statuses of a Spinnaker execution and of its parts, as Orca writes them. @public */
export const EXECUTION_STATUSES = [
  'NOT_STARTED',
  'BUFFERED',
  'RUNNING',
  'PAUSED',
  'SUSPENDED',
  'REDIRECT',
  'SUCCEEDED',
  'FAILED_CONTINUE',
  'SKIPPED',
  'STOPPED',
  'TERMINAL',
  'CANCELED',
] as const;

/** One of {@link EXECUTION_STATUSES}. @public */
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

const statusSchema = z.enum(EXECUTION_STATUSES);

const jsonObject = z.record(z.string(), z.json());

/** One task inside a Spinnaker stage. @public */
export const executionTaskSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  status: statusSchema,
  startTime: z.number().nullish(),
  endTime: z.number().nullish(),
});

/** One Spinnaker stage of an execution; `context` is empty when read without `expand`. @public */
export const executionStageSchema = z.looseObject({
  id: z.string(),
  refId: z.string().default(''),
  type: z.string(),
  name: z.string().default(''),
  status: statusSchema,
  startTime: z.number().nullish(),
  endTime: z.number().nullish(),
  startTimeExpiry: z.number().nullish(),
  requisiteStageRefIds: z.array(z.string()).default([]),
  context: jsonObject.default({}),
  outputs: jsonObject.default({}),
  tasks: z.array(executionTaskSchema).default([]),
  parentStageId: z.string().nullish(),
  syntheticStageOwner: z.string().nullish(),
  lastModified: jsonObject.nullish(),
});

/** What started an execution. Unknown fields of the trigger body are kept by Spinnaker. @public */
export const executionTriggerSchema = z.looseObject({
  type: z.string().default(''),
  user: z.string().nullish(),
  correlationId: z.string().nullish(),
  parameters: jsonObject.default({}),
  artifacts: z.array(z.json()).default([]),
  expectedArtifacts: z.array(z.json()).default([]),
  resolvedExpectedArtifacts: z.array(z.json()).default([]),
  dryRun: z.boolean().default(false),
});

/**
 * A Spinnaker execution, as Gate answers it.
 *
 * @remarks
 * Trust `status` only: `endTime` may be present while it is RUNNING, and a Spinnaker stage
 * may still read RUNNING for a moment after the execution has ended. Times are
 * milliseconds since the epoch.
 *
 * @public
 */
export const executionSchema = z.looseObject({
  id: z.string(),
  application: z.string(),
  name: z.string().nullish(),
  pipelineConfigId: z.string().nullish(),
  type: z.string().default('PIPELINE'),
  status: statusSchema,
  buildTime: z.number().nullish(),
  startTime: z.number().nullish(),
  endTime: z.number().nullish(),
  canceled: z.boolean().default(false),
  canceledBy: z.string().nullish(),
  cancellationReason: z.string().nullish(),
  startTimeExpiry: z.number().nullish(),
  spelEvaluator: z.string().nullish(),
  authentication: z.looseObject({ user: z.string().nullish() }).default({}),
  trigger: executionTriggerSchema.default({
    type: '',
    parameters: {},
    artifacts: [],
    expectedArtifacts: [],
    resolvedExpectedArtifacts: [],
    dryRun: false,
  }),
  stages: z.array(executionStageSchema).default([]),
});

/** A Spinnaker execution. @public */
export type SpinnakerExecution = z.infer<typeof executionSchema>;

/** One Spinnaker stage of an execution. @public */
export type SpinnakerExecutionStage = z.infer<typeof executionStageSchema>;
