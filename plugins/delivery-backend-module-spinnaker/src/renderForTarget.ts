// SPDX-License-Identifier: Apache-2.0
import { rolloutStrategy } from 'backstage-plugin-delivery-common';
import type { EngineTarget } from 'backstage-plugin-delivery-node';
import {
  renderDeployPipeline,
  type SpinnakerPipeline,
  testJobFor,
  type TestJobSettings,
} from 'backstage-plugin-spinnaker-client';

/** The Spinnaker pipeline that delivery makes for a Service in an Environment. */
export function renderForTarget(
  target: EngineTarget,
  options: {
    application: string;
    chartAccount: string;
    testJob?: TestJobSettings;
  },
): SpinnakerPipeline {
  const { application, chartAccount } = options;
  const { environment } = target;
  return renderDeployPipeline({
    application,
    entityRef: target.service,
    environment,
    chart: { name: target.serviceName, account: chartAccount },
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
