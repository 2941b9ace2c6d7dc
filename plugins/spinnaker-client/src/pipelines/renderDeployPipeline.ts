// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  SpinnakerPipeline,
  SpinnakerPipelineStage,
} from '../schemas/pipelineConfig';
import { deployPipelineName } from './deployPipelineName';
import { DeployPipelineSpec } from './DeployPipelineSpec';
import { bakeStage } from './stages/bakeStage';
import { deployStage } from './stages/deployStage';
import { removeStage } from './stages/removeStage';
import { renderBlueGreenStages } from './stages/renderBlueGreenStages';
import { renderTestJobStage } from './stages/renderTestJobStage';
import type { StageBody } from './stages/StageBody';

/** The type of the Spinnaker stage that asks for admission. @public */
export const CLAIM_STAGE_TYPE = 'deliveryClaim';

/**
 * Renders the Spinnaker pipeline that brings a Release of one service into one environment:
 * claim (when gated), bake, deploy.
 *
 * @remarks
 * The same specification always gives the same document, so what is saved in Spinnaker can
 * be compared with it. Three choices carry the safety of a promotion:
 *
 * - The values travel as an embedded artifact. Helm overrides are never used, because
 *   Spinnaker passes them on unescaped and one value could change others.
 * - No artifact is bound, so an artifact in a trigger cannot replace an image.
 * - `spelEvaluator: v4` makes `skipExpressionEvaluation` count, so a manifest may hold `$`.
 *
 * Every stage stands behind the one before it, and a failure ends the execution there.
 *
 * Throws `InputError` when a gated environment is to be started by a webhook, when what is
 * rendered with Kustomize is to be switched blue-green, or when a test job's image has no digest.
 *
 * @public
 */
export function renderDeployPipeline(
  spec: DeployPipelineSpec,
): SpinnakerPipeline {
  const { application, entityRef, environment, webhook } = spec;
  if (environment.gated && webhook) {
    throw new InputError(
      `The Spinnaker pipeline for '${environment.name}' cannot have a webhook, because the environment has gates`,
    );
  }
  return {
    application,
    name: deployPipelineName(environment.name),
    description: `Deploys ${entityRef} to ${environment.name}. Written by Backstage; changes made here are refused at the next promotion.`,
    schema: '1',
    spelEvaluator: 'v4',
    locked: {
      ui: true,
      allowUnlockUi: false,
      description: 'Managed by Backstage',
    },
    source: { type: 'backstage', id: entityRef },
    // One rollout at a time, and none lost: a waiting one is refused by its own claim.
    limitConcurrent: true,
    keepWaitingPipelines: true,
    parameterConfig: parameterConfig(spec),
    triggers: webhook ? [webhookTrigger(webhook)] : [],
    stages: inOrder([
      ...(environment.gated ? [claimStage()] : []),
      ...(spec.strategy === 'blue-green'
        ? renderBlueGreenStages(spec)
        : [bakeStage({ spec }), deployStage({ spec })]),
      // After the rollout, so that there is always somebody to answer.
      ...(spec.strategy === 'rolling-again'
        ? [removeStage(spec, 'all versions')]
        : []),
      ...(spec.testJob ? [renderTestJobStage(spec, spec.testJob)] : []),
    ]),
  };
}

/** Numbers the stages and puts each behind the one before it. */
function inOrder(stages: readonly StageBody[]): SpinnakerPipelineStage[] {
  return stages.map((stage, index) => ({
    ...stage,
    refId: String(index + 1),
    requisiteStageRefIds: index === 0 ? [] : [String(index)],
  }));
}

function claimStage(): StageBody {
  return {
    type: CLAIM_STAGE_TYPE,
    // Without the alias Orca does not find the operator's webhook of this type.
    alias: 'preconfiguredWebhook',
    name: 'Claim admission',
    parameterValues: {},
    failPipeline: true,
    continuePipeline: false,
  };
}

function parameterConfig({ chart, environment }: DeployPipelineSpec) {
  return [
    {
      name: 'promotionId',
      label: 'Promotion',
      description: 'The promotion this execution carries out',
      // CI hands over before a promotion exists; the portal adopts the execution then.
      ...(environment.gated
        ? { required: true }
        : { required: false, default: '' }),
    },
    {
      name: 'chartVersion',
      label: 'Chart version',
      description: 'Exact version of the chart',
      required: true,
    },
    {
      name: 'valuesBase64',
      label: 'Values',
      description: "The environment's values file, base64",
      required: true,
    },
    {
      name: 'valuesDigest',
      label: 'Digest of the values',
      description: 'SHA-256 of the values file',
      required: true,
    },
    {
      name: 'fingerprint',
      label: 'Release',
      description: 'Fingerprint of the Release',
      required: true,
    },
    ...(chart.handOver === 'embedded'
      ? [
          {
            name: 'chartBase64',
            label: 'Chart',
            description: 'The package of the chart, base64',
            required: true,
          },
        ]
      : []),
  ];
}

function webhookTrigger(webhook: NonNullable<DeployPipelineSpec['webhook']>) {
  const payloadConstraints: Record<string, string> = {};
  for (const [field, value] of Object.entries(webhook.payload ?? {})) {
    payloadConstraints[field] = `^${value.replace(
      /[.*+?^${}()|[\]\\]/g,
      '\\$&',
    )}$`;
  }
  return {
    type: 'webhook',
    enabled: true,
    source: webhook.source,
    payloadConstraints,
  };
}
