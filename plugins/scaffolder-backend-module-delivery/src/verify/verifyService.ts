// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { JenkinsClient } from 'backstage-plugin-jenkins-client';
import {
  bakeSourceFor,
  SpinnakerClient,
} from 'backstage-plugin-spinnaker-client';
import type {
  ChartHandOver,
  DeliveryClient,
  ManifestRenderer,
  RolloutStrategy,
} from 'backstage-plugin-delivery-common';
import { readEnvironments } from '../config/readEnvironments';
import { readJenkinsInstance } from '../config/readJenkinsInstance';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { renderServicePipelines } from '../spinnaker/renderServicePipelines';
import type { Check } from './Check';
import { checkJenkins } from './checkJenkins';
import { checkPackage } from './checkPackage';
import { checkPortal } from './checkPortal';
import { checkRegistries } from './checkRegistries';
import { checkSpinnaker } from './checkSpinnaker';

/** What was found of a service: its wiring, and how far its first Release got. */
export type Verification = {
  wiring: Check[];
  release: Check[];
  /** Whether a Release got as far as could be asked. */
  arrived: boolean;
  /** Number of the newest Release. */
  number?: number;
};

/** Asks Jenkins, Spinnaker, the registries and the portal what there is of a service. */
export async function verifyService(options: {
  config: Config;
  service: string;
  entityRef: string;
  /** The Jenkins folder; named as the service when absent. */
  folder?: string;
  /** The Spinnaker application; named as the service when absent. */
  application?: string;
  path?: string;
  instance?: string;
  /** By the name of an Environment; `rolling` where nothing is said. */
  strategy?: Readonly<Record<string, RolloutStrategy>>;
  /** `helm` when absent. */
  renderer?: ManifestRenderer;
  /** How Spinnaker gets the chart; `registry` when absent. */
  handOver?: ChartHandOver;
  /** Absent where the portal itself is not asked. */
  delivery?: Pick<DeliveryClient, 'getService'>;
  signal?: AbortSignal;
}): Promise<Verification> {
  const { config, service, entityRef, path, instance, delivery, signal } =
    options;
  const { folder = service, application = service } = options;
  const { renderer = 'helm', handOver = 'registry' } = options;
  const environments = readEnvironments(config, { service, path });
  const settings = readSpinnakerSettings(config);
  const jenkins = JenkinsClient.create(
    readJenkinsInstance(config, { name: instance }),
  );
  const jobs = await checkJenkins({
    jenkins,
    folder,
    entityRef,
    signal,
  });
  const spinnaker = await checkSpinnaker({
    spinnaker: SpinnakerClient.create(settings),
    application,
    entityRef,
    environments,
    pipelines: renderServicePipelines({
      application,
      entityRef,
      chartName: service,
      environments,
      settings,
      strategy: options.strategy,
      renderer,
      handOver,
    }).map(({ pipeline }) => pipeline),
    chartAccount: bakeSourceFor(settings, {
      chartName: service,
      environment: '',
      renderer,
      handOver,
    }).chart.account,
    signal,
  });
  const [image, chart, newest] = jobs.checks;
  const { release } = jobs;
  const portal = delivery
    ? await checkPortal({ delivery, entityRef, environments, signal })
    : [];
  return {
    wiring: [image, chart, ...spinnaker],
    release: [
      newest,
      ...(release && handOver === 'embedded'
        ? [await checkPackage({ jenkins, release, signal })]
        : []),
      ...(release ? await checkRegistries({ config, release, signal }) : []),
      ...portal,
    ],
    arrived: [newest, ...portal].every(({ state }) => state === 'found'),
    ...(release ? { number: release.number } : {}),
  };
}
