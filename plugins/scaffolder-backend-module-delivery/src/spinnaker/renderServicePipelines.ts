// SPDX-License-Identifier: Apache-2.0
import {
  renderDeployPipeline,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import type { Environment } from '../config/Environment';
import type { SpinnakerSettings } from '../config/readSpinnakerSettings';

/** The Spinnaker pipelines that bring a service into each Environment of its path, in order. */
export function renderServicePipelines(options: {
  application: string;
  entityRef: string;
  chartName: string;
  environments: readonly Environment[];
  settings: SpinnakerSettings;
}): { environment: string; pipeline: SpinnakerPipeline }[] {
  const { application, entityRef, chartName, environments, settings } = options;
  return environments.map(({ name, account, namespace, automatic }) => ({
    environment: name,
    pipeline: renderDeployPipeline({
      application,
      entityRef,
      environment: { name, account, namespace, gated: !automatic },
      chart: { name: chartName, account: settings.chartAccount },
      ...(automatic
        ? {
            webhook: {
              source: application,
              payload: { application, environment: name },
            },
          }
        : {}),
    }),
  }));
}
