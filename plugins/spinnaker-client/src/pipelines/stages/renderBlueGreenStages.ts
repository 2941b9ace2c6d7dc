// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { DeployPipelineSpec } from '../DeployPipelineSpec';
import { type BakedPart, bakeStage } from './bakeStage';
import { deployStage } from './deployStage';
import { removeStage } from './removeStage';
import type { StageBody } from './StageBody';

const WORKLOAD: BakedPart = { part: 'workload', suffix: '' };
const TRAFFIC: BakedPart = { part: 'traffic', suffix: '-traffic' };

/**
 * Brings the new version up beside the old one, and only when it is ready leads the traffic to
 * it; then removes the old one.
 *
 * @remarks
 * Spinnaker's own `bluegreen` is not used: it does nothing to a Deployment, and with
 * ReplicaSets it gives the new Pods traffic together with the old ones and keeps those
 * running. Clouddriver applies Services before Deployments, so one deploy of everything would
 * switch before anything is ready: hence two, and the first waits until it is stable. A
 * Workload is named after its chart version, so none is ever changed in place.
 */
export function renderBlueGreenStages(spec: DeployPipelineSpec): StageBody[] {
  if (spec.renderer?.kind === 'kustomize') {
    throw new InputError(
      `The Spinnaker pipeline for '${spec.environment.name}' cannot switch blue-green what is rendered with Kustomize; use Helm`,
    );
  }
  return [
    bakeStage({ spec, part: WORKLOAD }),
    bakeStage({ spec, part: TRAFFIC }),
    deployStage({ spec, part: WORKLOAD }),
    deployStage({ spec, part: TRAFFIC }),
    removeStage(spec, 'other versions'),
  ];
}
