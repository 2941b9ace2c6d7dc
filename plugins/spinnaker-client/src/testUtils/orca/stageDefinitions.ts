// SPDX-License-Identifier: Apache-2.0
import { FakeStage } from '../model/GateState';
import { PreconfiguredWebhook } from '../model/PreconfiguredWebhook';
import { applicationStage } from './stages/applicationStage';
import { bakeManifestStage } from './stages/bakeManifestStage';
import { checkPreconditionsStage } from './stages/checkPreconditionsStage';
import { deleteManifestStage } from './stages/deleteManifestStage';
import { deployManifestStage } from './stages/deployManifestStage';
import { manualJudgmentStage } from './stages/manualJudgmentStage';
import { pipelineConfigStage } from './stages/pipelineConfigStage';
import { runJobStage } from './stages/runJobStage';
import { undoRolloutStage } from './stages/undoRolloutStage';
import { waitStage } from './stages/waitStage';
import { preconfiguredWebhookStage, webhookStage } from './stages/webhookStage';
import { StageDefinition } from './StageDefinition';

const DEFINITIONS = new Map<string, StageDefinition>([
  ['wait', waitStage],
  ['manualJudgment', manualJudgmentStage],
  ['webhook', webhookStage],
  ['preconfiguredWebhook', preconfiguredWebhookStage],
  ['checkPreconditions', checkPreconditionsStage],
  ['bakeManifest', bakeManifestStage],
  ['deployManifest', deployManifestStage],
  ['deleteManifest', deleteManifestStage],
  ['undoRolloutManifest', undoRolloutStage],
  ['runJob', runJobStage],
  ['runJobManifest', runJobStage],
  ['createApplication', applicationStage('createApplication')],
  ['updateApplication', applicationStage('updateApplication')],
  ['upsertApplication', applicationStage('upsertApplication')],
  ['savePipeline', pipelineConfigStage('savePipeline')],
  ['updatePipeline', pipelineConfigStage('updatePipeline')],
  ['deletePipeline', pipelineConfigStage('deletePipeline')],
]);

/** The stage types that the fake carries out. */
export const STAGE_TYPES = [...DEFINITIONS.keys()];

/**
 * What a stage does: by its alias when it has one, else by its type.
 *
 * @remarks
 * As in Orca, an author's alias decides even for the type of the claim, and a preconfigured
 * webhook without its alias is an unknown type.
 */
export function findStageDefinition(
  stage: FakeStage,
  webhooks: PreconfiguredWebhook[],
): StageDefinition | undefined {
  const { alias } = stage.context;
  if (alias === 'preconfiguredWebhook') {
    return webhooks.some(({ type }) => type === stage.type)
      ? preconfiguredWebhookStage
      : undefined;
  }
  if (stage.type === 'preconfiguredWebhook') {
    return undefined;
  }
  return DEFINITIONS.get(typeof alias === 'string' ? alias : stage.type);
}
