// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import type {
  ChartHandOver,
  ManifestRenderer,
  RolloutStrategy,
} from 'backstage-plugin-delivery-common';
import { SpinnakerClient } from 'backstage-plugin-spinnaker-client';
import type { ApplyContext } from '../actions/ApplyContext';
import { MadeSoFar } from '../actions/MadeSoFar';
import type { Outcome } from '../actions/Outcome';
import { checkServiceName } from '../actions/serviceName';
import { readEnvironments } from '../config/readEnvironments';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { applicationUrl } from './applicationUrl';
import { applyApplication } from './applyApplication';
import { applyPipeline } from './applyPipeline';
import { renderServicePipelines } from './renderServicePipelines';

const NO_EMAIL = 'backstage@delivery.invalid';

/** What the wiring of a service in Spinnaker is made of. */
export type SpinnakerWiring = {
  application: string;
  entityRef?: string;
  path?: string;
  chartName?: string;
  email?: string;
  /** By the name of an Environment; `rolling` where nothing is said. */
  strategy?: Readonly<Record<string, RolloutStrategy>>;
  /** `helm` when absent. */
  renderer?: ManifestRenderer;
  /** How Spinnaker gets the chart; `registry` when absent. */
  handOver?: ChartHandOver;
  permissions?: { READ?: string[]; EXECUTE?: string[]; WRITE?: string[] };
};

/**
 * Makes the application of a service and its Spinnaker pipelines, or brings existing ones in
 * line.
 *
 * @throws ForwardedError saying what was made before, when a part fails.
 */
export async function applySpinnaker(options: {
  config: Config;
  input: SpinnakerWiring;
  ctx: ApplyContext;
}) {
  const { config, input, ctx } = options;
  const { signal, isDryRun: dryRun = false } = ctx;
  const name = checkServiceName('application', input.application);
  const entityRef = input.entityRef ?? `component:default/${name}`;
  const settings = readSpinnakerSettings(config);
  const environments = readEnvironments(config, {
    service: name,
    path: input.path,
  });
  const spinnaker = SpinnakerClient.create(settings);
  const made = new MadeSoFar();
  const at = `in Spinnaker at ${spinnaker.host}`;
  const report = (
    what: string,
    applied: { outcome: Outcome; difference?: string },
  ): Outcome => {
    const { outcome, difference } = applied;
    made.note(`${what} (${outcome})`);
    ctx.logger.info(
      `${what} ${dryRun ? 'would be' : 'is'} ${outcome} ${at}${
        difference ? `: ${difference}` : ''
      }`,
    );
    return outcome;
  };

  const application = await made.attempt(
    `the application '${name}' ${at}`,
    () =>
      ctx.checkpoint({
        key: `spinnaker.application.${name}`,
        fn: async () =>
          report(
            `The application '${name}'`,
            await applyApplication({
              spinnaker,
              application: {
                name,
                email:
                  input.email ??
                  ctx.user?.entity?.spec.profile?.email ??
                  NO_EMAIL,
                cloudProviders: 'kubernetes',
                entityRef,
                ...(input.permissions
                  ? { permissions: input.permissions }
                  : {}),
              },
              dryRun,
              signal,
            }),
          ),
      }),
  );

  const pipelines: {
    name: string;
    environment: string;
    outcome: string;
  }[] = [];
  for (const { environment, pipeline } of renderServicePipelines({
    application: name,
    entityRef,
    chartName: input.chartName ?? name,
    environments,
    settings,
    strategy: input.strategy,
    renderer: input.renderer,
    handOver: input.handOver,
  })) {
    const outcome = await made.attempt(
      `the Spinnaker pipeline '${pipeline.name}' ${at}`,
      () =>
        ctx.checkpoint({
          key: `spinnaker.pipeline.${name}.${environment}`,
          fn: async () =>
            report(
              `The Spinnaker pipeline '${pipeline.name}'`,
              await applyPipeline({
                spinnaker,
                rendered: pipeline,
                dryRun,
                signal,
              }),
            ),
        }),
    );
    pipelines.push({ name: pipeline.name, environment, outcome });
  }
  return {
    applicationUrl: applicationUrl(settings, name),
    application,
    pipelines,
  };
}
