// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** One Spinnaker stage as it is configured; everything else it carries is kept. @public */
export const pipelineStageSchema = z
  .object({
    refId: z.string(),
    type: z.string(),
    name: z.string().optional(),
    requisiteStageRefIds: z.array(z.string()).optional(),
  })
  .catchall(z.json());

/**
 * A saved Spinnaker pipeline, or one about to be saved (then without `id`).
 *
 * @remarks
 * All keys are kept, because saving replaces the whole document.
 *
 * @public
 */
export const pipelineConfigSchema = z
  .object({
    id: z.string().optional(),
    application: z.string(),
    name: z.string(),
    stages: z.array(pipelineStageSchema).default([]),
    triggers: z.array(z.record(z.string(), z.json())).default([]),
  })
  .catchall(z.json());

/** A Spinnaker pipeline. @public */
export type SpinnakerPipeline = z.infer<typeof pipelineConfigSchema>;

/** One configured Spinnaker stage. @public */
export type SpinnakerPipelineStage = z.infer<typeof pipelineStageSchema>;
