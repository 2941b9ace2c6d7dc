// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { VENDORS } from '../config';
import { START_FAULTS } from '../vendors/StartFaults';
import { VENDOR_CONDITIONS } from '../vendors/Vendor';

const service = z.string().min(1);
const environment = z.string().min(1);
const stage = z.string().min(1);

/** Commits a change to a service's artifact repository. */
export const pushSourceSchema = z.strictObject({
  type: z.literal('push-source'),
  service,
  message: z.string().min(1).default('Change the source'),
  /** The file to write; a line is added to `CHANGES.md` when absent. */
  file: z.string().min(1).optional(),
  content: z.string().optional(),
});

/** Commits a change to a values file in a service's chart repository. */
export const changeValueSchema = z.strictObject({
  type: z.literal('change-value'),
  service,
  /** Changes `values-<environment>.yaml`; `values.yaml` when absent. */
  environment: environment.optional(),
  /** The path to the value, with dots. */
  key: z.string().min(1),
  value: z.union([z.string(), z.number(), z.boolean()]),
  message: z.string().min(1).optional(),
});

/** Gives a base image new content, so that its tag names another digest. */
export const publishBaseImageSchema = z.strictObject({
  type: z.literal('publish-base-image'),
  /** The image with its tag, as Dockerfiles name it. */
  image: z.string().min(1),
});

/** Starts the timer of a Jenkins job at once. */
export const triggerCronSchema = z.strictObject({
  type: z.literal('trigger-cron'),
  /** The full name of the job: `orders/image`. */
  job: z.string().min(1),
});

/** Lets the next rollout of a service in an environment fail. */
export const failNextRolloutSchema = z.strictObject({
  type: z.literal('fail-next-rollout'),
  service,
  environment,
});

/** Lets the next run of the test job of a service in an environment fail. */
export const failNextTestSchema = z.strictObject({
  type: z.literal('fail-next-test'),
  service,
  environment,
});

/** Changes the image of a running workload by hand, past everything. */
export const applyImageSchema = z.strictObject({
  type: z.literal('apply-image'),
  service,
  environment,
  /** The digest to run; another one made up from the time when absent. */
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional(),
});

/** Starts a Spinnaker pipeline as a person would in Spinnaker itself. */
export const startPipelineSchema = z.strictObject({
  type: z.literal('start-pipeline'),
  application: z.string().min(1),
  pipeline: z.string().min(1),
  /** In place of those of its last run. */
  parameters: z.record(z.string(), z.string()).default({}),
  /** Runs an unsaved copy whose claim is switched off. */
  withoutClaim: z.boolean().default(false),
});

/** Changes a stage of a Spinnaker execution, as `PATCH` on Gate does. */
export const patchStageSchema = z.strictObject({
  type: z.literal('patch-stage'),
  executionId: z.string().min(1),
  /** The id or refId of the stage. */
  stage,
  context: z.record(z.string(), z.json()),
});

/** Skips a stage of a Spinnaker execution by hand. */
export const skipStageSchema = z.strictObject({
  type: z.literal('skip-stage'),
  executionId: z.string().min(1),
  stage,
});

/** Restarts a stage of a Spinnaker execution by hand. */
export const restartStageSchema = z.strictObject({
  type: z.literal('restart-stage'),
  executionId: z.string().min(1),
  stage,
});

/** Takes a vendor down, lets it misbehave, or brings it back. */
export const setVendorSchema = z.strictObject({
  type: z.literal('set-vendor'),
  vendor: z.enum(VENDORS),
  condition: z.enum(VENDOR_CONDITIONS),
});

/** Lets Gate misbehave in the ways that are hard on its callers. */
export const setGateFaultSchema = z.strictObject({
  type: z.literal('set-gate-fault'),
  fault: z.enum(START_FAULTS),
  /** How many requests it meets; all until it is lifted when absent. */
  times: z.number().int().min(1).optional(),
});

/** Moves the simulated clock forward. */
export const moveClockSchema = z.strictObject({
  type: z.literal('move-clock'),
  minutes: z
    .number()
    .positive()
    .max(60 * 24 * 366),
});

/** Everything that the simulated world can be told to do. */
export const commandSchema = z.discriminatedUnion('type', [
  pushSourceSchema,
  changeValueSchema,
  publishBaseImageSchema,
  triggerCronSchema,
  failNextRolloutSchema,
  failNextTestSchema,
  applyImageSchema,
  startPipelineSchema,
  patchStageSchema,
  skipStageSchema,
  restartStageSchema,
  setVendorSchema,
  setGateFaultSchema,
  moveClockSchema,
]);

/** One command, checked, with every default filled in. */
export type Command = z.output<typeof commandSchema>;

/** One command as a caller may write it. */
export type CommandInput = z.input<typeof commandSchema>;

/** A command of one type. */
export type CommandOf<T extends Command['type']> = Extract<
  Command,
  { type: T }
>;
