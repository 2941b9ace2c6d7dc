// SPDX-License-Identifier: Apache-2.0
import type { SpinnakerPipelineStage } from '../../schemas/pipelineConfig';

/** A Spinnaker stage that has no place among the others yet. */
export type StageBody = { type: string; name: string } & Omit<
  SpinnakerPipelineStage,
  'refId' | 'requisiteStageRefIds' | 'type' | 'name'
>;

/** Ends the execution when a stage fails, also when an expression in it cannot be evaluated. */
export const STOP_ON_FAILURE = {
  failOnFailedExpressions: true,
  failPipeline: true,
  continuePipeline: false,
} as const;
