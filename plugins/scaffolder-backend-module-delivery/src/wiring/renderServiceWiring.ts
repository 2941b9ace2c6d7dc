// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import type {
  ChartHandOver,
  ManifestRenderer,
} from 'backstage-plugin-delivery-common';
import { readEnvironments } from '../config/readEnvironments';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { renderServicePipelines } from '../spinnaker/renderServicePipelines';
import type { JenkinsAnswers } from './jenkinsAnswers';
import { renderWiring, type WiringFile } from './renderWiring';

/** The files that keep the wiring of a service, for the Environments that are configured. */
export function renderServiceWiring(options: {
  config: Config;
  application: string;
  entityRef: string;
  path?: string;
  /** `helm` when absent. */
  renderer?: ManifestRenderer;
  /** How Spinnaker gets the chart; `registry` when absent. */
  handOver?: ChartHandOver;
  jenkins: JenkinsAnswers;
}): WiringFile[] {
  const { config, application, entityRef, path, jenkins } = options;
  return renderWiring({
    application,
    entityRef,
    pipelines: renderServicePipelines({
      application,
      entityRef,
      chartName: application,
      environments: readEnvironments(config, { service: application, path }),
      settings: readSpinnakerSettings(config),
      renderer: options.renderer,
      handOver: options.handOver,
    }),
    jenkins,
  });
}
