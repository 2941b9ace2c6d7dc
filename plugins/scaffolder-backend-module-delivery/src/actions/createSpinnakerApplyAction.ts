// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  pipelineContentHash,
  renderDeployPipeline,
  SpinnakerClient,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import type { Environment } from '../config/Environment';
import { readEnvironments } from '../config/readEnvironments';
import {
  readSpinnakerSettings,
  type SpinnakerSettings,
} from '../config/readSpinnakerSettings';
import { spinnakerApplyExamples } from './createSpinnakerApplyAction.examples';
import { MadeSoFar } from './MadeSoFar';
import { checkServiceName } from './serviceName';

type Outcome = 'created' | 'updated' | 'unchanged';

const NO_EMAIL = 'backstage@delivery.invalid';

/**
 * The scaffolder action `delivery:spinnaker:apply`: makes the Spinnaker application of a
 * service and one "Deploy to <environment>" Spinnaker pipeline for every Environment of its
 * promotion path, or brings existing ones in line.
 *
 * @public
 */
export function createSpinnakerApplyAction(options: { config: Config }) {
  return createTemplateAction({
    id: 'delivery:spinnaker:apply',
    description:
      'Makes the Spinnaker application of a service and a Spinnaker pipeline "Deploy to <environment>" for every environment of its promotion path',
    examples: spinnakerApplyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        application: z =>
          z
            .string()
            .describe('The Spinnaker application: the name of the service'),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The entity that is delivered; component:default/<application> when absent',
            ),
        path: z =>
          z
            .string()
            .optional()
            .describe('The promotion path; the default one when absent'),
        chartName: z =>
          z
            .string()
            .optional()
            .describe('The chart; named as the application when absent'),
        email: z =>
          z
            .string()
            .optional()
            .describe(
              'Whom Spinnaker shows as the contact; the person who runs the template when absent',
            ),
        permissions: z =>
          z
            .object({
              READ: z.array(z.string()).optional(),
              EXECUTE: z.array(z.string()).optional(),
              WRITE: z.array(z.string()).optional(),
            })
            .optional()
            .describe(
              'Roles of a new application. Only the portal should have EXECUTE where environments are gated',
            ),
      },
      output: {
        applicationUrl: z =>
          z.string().describe('The application in Spinnaker'),
        application: z => z.string().describe('created or unchanged'),
        pipelines: z =>
          z
            .array(
              z.object({
                name: z.string(),
                environment: z.string(),
                outcome: z.string(),
              }),
            )
            .describe('What became of each Spinnaker pipeline'),
      },
    },
    async handler(ctx) {
      const { input, signal, isDryRun: dryRun = false } = ctx;
      const name = checkServiceName('application', input.application);
      const entityRef = input.entityRef ?? `component:default/${name}`;
      const settings = readSpinnakerSettings(options.config);
      const environments = readEnvironments(options.config, {
        service: name,
        path: input.path,
      });
      const spinnaker = SpinnakerClient.create(settings);
      const made = new MadeSoFar();
      const at = `in Spinnaker at ${spinnaker.host}`;
      const report = (what: string, outcome: Outcome): Outcome => {
        made.note(`${what} (${outcome})`);
        ctx.logger.info(
          `${what} ${dryRun ? 'would be' : 'is'} ${outcome} ${at}`,
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
      for (const environment of environments) {
        const rendered = renderFor(environment, {
          application: name,
          entityRef,
          chartName: input.chartName ?? name,
          settings,
        });
        const outcome = await made.attempt(
          `the Spinnaker pipeline '${rendered.name}' ${at}`,
          () =>
            ctx.checkpoint({
              key: `spinnaker.pipeline.${name}.${environment.name}`,
              fn: async () =>
                report(
                  `The Spinnaker pipeline '${rendered.name}'`,
                  await applyPipeline({ spinnaker, rendered, dryRun, signal }),
                ),
            }),
        );
        pipelines.push({
          name: rendered.name,
          environment: environment.name,
          outcome,
        });
      }

      ctx.output('applicationUrl', applicationUrl(settings, name));
      ctx.output('application', application);
      ctx.output('pipelines', pipelines);
    },
  });
}

/** The Spinnaker pipeline that brings the service into one Environment. */
function renderFor(
  environment: Environment,
  service: {
    application: string;
    entityRef: string;
    chartName: string;
    settings: SpinnakerSettings;
  },
): SpinnakerPipeline {
  const { application, entityRef, chartName, settings } = service;
  const { name, account, namespace, automatic } = environment;
  return renderDeployPipeline({
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
  });
}

async function applyApplication(options: {
  spinnaker: SpinnakerClient;
  application: Parameters<SpinnakerClient['saveApplication']>[0]['application'];
  dryRun: boolean;
  signal?: AbortSignal;
}): Promise<Outcome> {
  const { spinnaker, application, dryRun, signal } = options;
  const existing = await spinnaker.getApplication(application.name, { signal });
  if (!existing) {
    if (!dryRun) {
      await spinnaker.saveApplication({ application, kind: 'create', signal });
    }
    return 'created';
  }
  if (existing.entityRef !== application.entityRef) {
    const whose = existing.entityRef
      ? `belongs to ${existing.entityRef}`
      : 'does not say whose it is';
    throw new ConflictError(
      `The Spinnaker application '${application.name}' exists and ${whose}. Choose another name, or, if it is this service's, set its attribute entityRef to ${application.entityRef} in Spinnaker`,
    );
  }
  return 'unchanged';
}

async function applyPipeline(options: {
  spinnaker: SpinnakerClient;
  rendered: SpinnakerPipeline;
  dryRun: boolean;
  signal?: AbortSignal;
}): Promise<Outcome> {
  const { spinnaker, rendered, dryRun, signal } = options;
  const { application, name } = rendered;
  // Spinnaker holds names that differ only in case for the same.
  const existing = (await spinnaker.getPipelines(application, { signal })).find(
    one => one.name.toLowerCase() === name.toLowerCase(),
  );
  if (
    existing &&
    pipelineContentHash(existing) === pipelineContentHash(rendered)
  ) {
    return 'unchanged';
  }
  if (!dryRun) {
    await spinnaker.savePipeline(
      existing ? replacing(existing, rendered) : rendered,
      { signal },
    );
  }
  return existing ? 'updated' : 'created';
}

/** The rendered document in the place of an existing one, so that a save in between is noticed. */
function replacing(
  existing: SpinnakerPipeline,
  rendered: SpinnakerPipeline,
): SpinnakerPipeline {
  const { id, index, updateTs, lastModified } = existing;
  return {
    ...rendered,
    ...(id === undefined ? {} : { id }),
    ...(index === undefined ? {} : { index }),
    ...(updateTs === undefined ? {} : { updateTs }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

function applicationUrl(settings: SpinnakerSettings, name: string): string {
  const path = encodeURIComponent(name);
  return settings.uiUrl
    ? `${settings.uiUrl.replace(/\/+$/, '')}/#/applications/${path}/executions`
    : `${settings.baseUrl.replace(/\/+$/, '')}/applications/${path}`;
}
