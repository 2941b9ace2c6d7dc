// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { DeployPipelineSpec, DeployTestJob } from '../DeployPipelineSpec';
import { type StageBody, STOP_ON_FAILURE } from './StageBody';

/**
 * Runs a Job after the rollout; the execution fails when it does.
 *
 * @remarks
 * Helm's own test hooks do not run under Spinnaker. The namespace stands in the manifest,
 * because this stage knows no override of it; a time limit of the Job itself ends it, because
 * a time limit of the stage would leave it running.
 */
export function renderTestJobStage(
  spec: DeployPipelineSpec,
  job: DeployTestJob,
): StageBody {
  if (!/@sha256:[0-9a-f]{64}$/.test(job.image)) {
    throw new InputError(
      `The image of the test job for '${spec.environment.name}' must be named by digest`,
    );
  }
  const name = `${spec.chart.name}-test`;
  const seconds = job.timeoutSeconds ?? 300;
  return {
    type: 'runJobManifest',
    alias: 'runJob',
    name: 'Run Job (Manifest) test',
    account: spec.environment.account,
    credentials: spec.environment.account,
    application: spec.application,
    cloudProvider: 'kubernetes',
    source: 'text',
    manifest: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: spec.environment.namespace,
        labels: { 'app.kubernetes.io/name': name },
      },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: seconds,
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': name } },
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            ...(job.imagePullSecrets?.length
              ? {
                  imagePullSecrets: job.imagePullSecrets.map(one => ({
                    name: one,
                  })),
                }
              : {}),
            containers: [
              { name: 'test', image: job.image, command: job.command },
            ],
          },
        },
      },
    },
    ...STOP_ON_FAILURE,
    // the Job ends by itself before
    stageTimeoutMs: (seconds + 120) * 1000,
  };
}
