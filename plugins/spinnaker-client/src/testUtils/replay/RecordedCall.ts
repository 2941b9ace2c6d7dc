// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { jsonMapSchema } from '../model/Json';

/** One call of a real Spinnaker and its answer, as kept in a file. */
export const recordedCallSchema = z.object({
  name: z.string(),
  /** When the answer came, in milliseconds since the epoch. */
  at: z.number(),
  took: z.number(),
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  sent: z.json().optional(),
  /** Absent when Spinnaker had not answered within the minute that the caller waited. */
  status: z.number().nullable(),
  body: z.json(),
  location: z.string().optional(),
});

/** One call of a real Spinnaker and its answer. */
export type RecordedCall = z.infer<typeof recordedCallSchema>;

/** A stage as recorded, with what a fake needs to be led to the same place. */
export const recordedExecutionSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  application: z.string(),
  name: z.string().optional(),
  pipelineConfigId: z.string().optional(),
  spelEvaluator: z.string().optional(),
  canceled: z.boolean(),
  cancellationReason: z.string().optional(),
  keepWaitingPipelines: z.boolean(),
  trigger: jsonMapSchema,
  stages: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      refId: z.string(),
      requisiteStageRefIds: z.array(z.string()),
      status: z.string(),
      context: jsonMapSchema,
      outputs: jsonMapSchema,
      lastModified: jsonMapSchema.optional(),
      tasks: z.array(z.looseObject({ name: z.string(), status: z.string() })),
    }),
  ),
});

/** An execution as recorded. */
export type RecordedExecution = z.infer<typeof recordedExecutionSchema>;
