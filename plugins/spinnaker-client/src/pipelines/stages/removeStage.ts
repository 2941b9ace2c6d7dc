// SPDX-License-Identifier: Apache-2.0
import type { DeployPipelineSpec } from '../DeployPipelineSpec';
import { type StageBody, STOP_ON_FAILURE } from './StageBody';

/** The label that holds the chart version of a Workload that is switched; the chart sets it. */
const VERSION_LABEL = 'delivery/release';

/**
 * Removes the Deployments of the chart that were replaced: those of other versions, where one
 * is switched to, or all that were ever switched to, where versions are rolled out again.
 *
 * @remarks
 * A Deployment that is rolled out has no version in its labels, so it goes when it is switched
 * from, and stays when it took over. Nothing to remove is fine.
 */
export function removeStage(
  spec: DeployPipelineSpec,
  replaced: 'other versions' | 'all versions',
): StageBody {
  return {
    type: 'deleteManifest',
    name: 'Delete (Manifest) replaced',
    account: spec.environment.account,
    app: spec.application,
    cloudProvider: 'kubernetes',
    location: spec.environment.namespace,
    mode: 'label',
    kinds: ['deployment'],
    labelSelectors: {
      selectors: [
        {
          kind: 'EQUALS',
          key: 'app.kubernetes.io/name',
          values: [spec.chart.name],
        },
        replaced === 'all versions'
          ? { kind: 'EXISTS', key: VERSION_LABEL, values: [] }
          : {
              kind: 'NOT_EQUALS',
              key: VERSION_LABEL,
              values: ['${parameters.chartVersion}'],
            },
      ],
    },
    options: { cascading: true },
    ...STOP_ON_FAILURE,
  };
}
