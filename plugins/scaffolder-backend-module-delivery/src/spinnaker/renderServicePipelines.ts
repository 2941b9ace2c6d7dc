// SPDX-License-Identifier: Apache-2.0
import type {
  ChartHandOver,
  ManifestRenderer,
  RolloutStrategy,
} from 'backstage-plugin-delivery-common';
import {
  bakeSourceFor,
  renderDeployPipeline,
  type SpinnakerPipeline,
  testJobFor,
} from 'backstage-plugin-spinnaker-client';
import type { Environment } from '../config/Environment';
import type { SpinnakerSettings } from '../config/readSpinnakerSettings';

/**
 * The Spinnaker pipelines that bring a service into each Environment of its path, in order.
 *
 * @throws InputError when it is rendered with Kustomize and that is not configured.
 */
export function renderServicePipelines(options: {
  application: string;
  entityRef: string;
  chartName: string;
  environments: readonly Environment[];
  settings: SpinnakerSettings;
  /** By the name of an Environment; `rolling` where nothing is said. */
  strategy?: Readonly<Record<string, RolloutStrategy>>;
  /** `helm` when absent. */
  renderer?: ManifestRenderer;
  /** How Spinnaker gets the chart; `registry` when absent. */
  handOver?: ChartHandOver;
}): { environment: string; pipeline: SpinnakerPipeline }[] {
  const { application, entityRef, chartName, environments, settings } = options;
  const { strategy = {}, renderer = 'helm', handOver } = options;
  return environments.map(({ name, account, namespace, automatic }) => ({
    environment: name,
    pipeline: renderDeployPipeline({
      application,
      entityRef,
      environment: { name, account, namespace, gated: !automatic },
      ...bakeSourceFor(settings, {
        chartName,
        environment: name,
        renderer,
        handOver,
      }),
      strategy: strategy[name] ?? 'rolling',
      testJob: testJobFor(settings.testJob, {
        service: application,
        environment: name,
      }),
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
