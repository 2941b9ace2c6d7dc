// SPDX-License-Identifier: Apache-2.0
import type { DeployPipelineSpec } from '../DeployPipelineSpec';
import { bakedId, type BakedPart } from './bakeStage';
import { type StageBody, STOP_ON_FAILURE } from './StageBody';

const DEPLOY_TIMEOUT_MS = 600_000;

/** Applies what was baked and waits until it is stable. */
export function deployStage(options: {
  spec: DeployPipelineSpec;
  part?: BakedPart;
}): StageBody {
  const { spec, part } = options;
  return {
    type: 'deployManifest',
    name: `Deploy (Manifest)${part ? ` ${part.part}` : ''}`,
    account: spec.environment.account,
    cloudProvider: 'kubernetes',
    moniker: { app: spec.application },
    source: 'artifact',
    manifestArtifactId: bakedId(part),
    manifestArtifactAccount: 'embedded-artifact',
    namespaceOverride: spec.environment.namespace,
    skipExpressionEvaluation: true,
    enableArtifactBinding: false,
    trafficManagement: {
      enabled: false,
      options: { enableTraffic: false, services: [] },
    },
    ...STOP_ON_FAILURE,
    stageTimeoutMs: spec.deployTimeoutMs ?? DEPLOY_TIMEOUT_MS,
  };
}
