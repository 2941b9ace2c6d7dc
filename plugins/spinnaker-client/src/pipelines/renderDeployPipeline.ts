// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  SpinnakerPipeline,
  SpinnakerPipelineStage,
} from '../schemas/pipelineConfig';
import { deployPipelineName } from './deployPipelineName';
import { DeployPipelineSpec } from './DeployPipelineSpec';

/** The type of the Spinnaker stage that asks for admission. @public */
export const CLAIM_STAGE_TYPE = 'deliveryClaim';

const BAKE_TIMEOUT_MS = 120_000;
const DEPLOY_TIMEOUT_MS = 600_000;

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
 * Throws `InputError` when a gated environment is to be started by a webhook.
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
  const releaseName = spec.releaseName ?? application;
  const claim = environment.gated ? [claimStage()] : [];
  const bakeRef = String(claim.length + 1);
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
    parameterConfig: parameterConfig(environment.gated),
    triggers: webhook ? [webhookTrigger(webhook)] : [],
    stages: [
      ...claim,
      bakeStage({ spec, releaseName, refId: bakeRef, after: claim }),
      deployStage({ spec, refId: String(claim.length + 2), after: bakeRef }),
    ],
  };
}

function claimStage(): SpinnakerPipelineStage {
  return {
    type: CLAIM_STAGE_TYPE,
    // Without the alias Orca does not find the operator's webhook of this type.
    alias: 'preconfiguredWebhook',
    refId: '1',
    requisiteStageRefIds: [],
    name: 'Claim admission',
    parameterValues: {},
    failPipeline: true,
    continuePipeline: false,
  };
}

function bakeStage(options: {
  spec: DeployPipelineSpec;
  releaseName: string;
  refId: string;
  after: SpinnakerPipelineStage[];
}): SpinnakerPipelineStage {
  const { spec, releaseName, refId, after } = options;
  return {
    type: 'bakeManifest',
    refId,
    requisiteStageRefIds: after.map(stage => stage.refId),
    name: 'Bake (Manifest)',
    templateRenderer: 'HELM3',
    outputName: releaseName,
    namespace: spec.environment.namespace,
    evaluateOverrideExpressions: false,
    rawOverrides: false,
    overrides: {},
    inputArtifacts: [
      {
        account: spec.chart.account,
        artifact: {
          id: 'chart',
          type: 'helm/chart',
          name: spec.chart.name,
          artifactAccount: spec.chart.account,
          version: '${parameters.chartVersion}',
        },
      },
      {
        account: 'embedded-artifact',
        artifact: {
          id: 'values',
          type: 'embedded/base64',
          name: 'values',
          artifactAccount: 'embedded-artifact',
          reference: '${parameters.valuesBase64}',
        },
      },
    ],
    expectedArtifacts: [
      {
        id: 'baked',
        displayName: 'baked',
        useDefaultArtifact: false,
        usePriorArtifact: false,
        defaultArtifact: { id: 'baked-default', customKind: true },
        matchArtifact: {
          id: 'baked-match',
          type: 'embedded/base64',
          name: releaseName,
        },
      },
    ],
    failOnFailedExpressions: true,
    failPipeline: true,
    continuePipeline: false,
    stageTimeoutMs: BAKE_TIMEOUT_MS,
  };
}

function deployStage(options: {
  spec: DeployPipelineSpec;
  refId: string;
  after: string;
}): SpinnakerPipelineStage {
  const { spec, refId, after } = options;
  return {
    type: 'deployManifest',
    refId,
    requisiteStageRefIds: [after],
    name: 'Deploy (Manifest)',
    account: spec.environment.account,
    cloudProvider: 'kubernetes',
    moniker: { app: spec.application },
    source: 'artifact',
    manifestArtifactId: 'baked',
    manifestArtifactAccount: 'embedded-artifact',
    namespaceOverride: spec.environment.namespace,
    skipExpressionEvaluation: true,
    enableArtifactBinding: false,
    trafficManagement: {
      enabled: false,
      options: { enableTraffic: false, services: [] },
    },
    failOnFailedExpressions: true,
    failPipeline: true,
    continuePipeline: false,
    stageTimeoutMs: spec.deployTimeoutMs ?? DEPLOY_TIMEOUT_MS,
  };
}

function parameterConfig(gated: boolean) {
  return [
    {
      name: 'promotionId',
      label: 'Promotion',
      description: 'The promotion this execution carries out',
      // CI hands over before a promotion exists; the portal adopts the execution then.
      ...(gated ? { required: true } : { required: false, default: '' }),
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
