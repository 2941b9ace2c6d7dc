// SPDX-License-Identifier: Apache-2.0
import {
  chartHandOver,
  manifestRenderer,
  rolloutStrategy,
} from 'backstage-plugin-delivery-common';
import type { EngineTarget } from 'backstage-plugin-delivery-node';
import {
  bakeSourceFor,
  type KustomizeSettings,
  renderDeployPipeline,
  type SpinnakerPipeline,
  testJobFor,
  type TestJobSettings,
} from 'backstage-plugin-spinnaker-client';

/**
 * The Spinnaker pipeline that delivery makes for a Service in an Environment.
 *
 * Throws `InputError` when the Service is rendered with Kustomize and that is not configured.
 */
export function renderForTarget(
  target: EngineTarget,
  options: {
    application: string;
    chartAccount: string;
    kustomize?: KustomizeSettings;
    testJob?: TestJobSettings;
  },
): SpinnakerPipeline {
  const { application } = options;
  const { environment } = target;
  return renderDeployPipeline({
    application,
    entityRef: target.service,
    environment,
    ...bakeSourceFor(options, {
      chartName: target.serviceName,
      environment: environment.name,
      renderer: manifestRenderer(target.annotations),
      handOver: chartHandOver(target.annotations),
    }),
    strategy: rolloutStrategy(target.annotations, environment.name),
    testJob: testJobFor(options.testJob, {
      service: target.serviceName,
      environment: environment.name,
    }),
    // CI hands over only where nobody has to ask.
    webhook: environment.gated
      ? undefined
      : {
          source: application,
          payload: { application, environment: environment.name },
        },
  });
}
