// SPDX-License-Identifier: Apache-2.0
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JenkinsClient } from 'backstage-plugin-jenkins-client';
import { SpinnakerClient } from 'backstage-plugin-spinnaker-client';
import { readFile } from 'node:fs/promises';
import { readEnvironments } from '../config/readEnvironments';
import { readJenkinsInstance } from '../config/readJenkinsInstance';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { parseAnswers } from '../plan/parseAnswers';
import { planService } from '../plan/planService';
import { readRuntimeFacts } from '../plan/runtimeFacts';
import { checkKustomizeSource } from '../plan/checkKustomizeSource';
import { findSourceHost } from '../sourceHost/findSourceHost';
import { servicePlanExamples } from './createServicePlanAction.examples';

const BRANCH = 'main';

/**
 * The scaffolder action `delivery:service:plan`: checks what was asked for, and that nothing
 * stands in its way, before anything is made; and works out what the further steps need.
 *
 * @remarks
 * The names are checked once in a task: when it goes on after a failure, what is there was
 * made by itself.
 *
 * @public
 */
export function createServicePlanAction(options: { config: Config }) {
  return createTemplateAction({
    id: 'delivery:service:plan',
    description:
      'Checks what was asked for and that nothing stands in its way, before anything is made, and works out what further steps need',
    examples: servicePlanExamples,
    supportsDryRun: true,
    schema: {
      input: {
        answers: z => z.record(z.any()).describe('What the form sent'),
        runtimeFile: z =>
          z
            .string()
            .optional()
            .describe(
              'The runtime.yaml of the chosen runtime in the workspace; runtime.yaml when absent',
            ),
      },
      output: {
        values: z =>
          z.record(z.any()).describe('What is filled in into the files'),
        defaults: z =>
          z.record(z.any()).describe('What values.yaml says already'),
        tiers: z =>
          z.record(z.any()).describe('Values by the tier of an environment'),
        environments: z =>
          z
            .record(z.any())
            .describe(
              'Values by the name of an environment, where they differ',
            ),
        chart: z => z.string().describe('own, published or kustomize'),
        baseImageSchedule: z =>
          z.string().describe('When Jenkins looks for a new base image'),
        sourceHost: z =>
          z.string().describe('The host on which the repositories are made'),
      },
    },
    async handler(ctx) {
      const { input, signal } = ctx;
      const answers = parseAnswers(input.answers);
      const { name, organisation, path } = answers;
      const runtime = readRuntimeFacts(
        await readFile(
          resolveSafeChildPath(
            ctx.workspacePath,
            input.runtimeFile ?? 'runtime.yaml',
          ),
          'utf8',
        ),
      );
      const environments = readEnvironments(options.config, {
        service: name,
        path,
      });
      const host = findSourceHost(options.config, answers.sourceHost);
      const plan = planService({
        answers,
        runtime,
        environments,
        buildEnvironment: {
          SOURCE_HOST: host.type,
          SOURCE_HOST_API: host.apiUrl,
        },
      });
      if (answers.renderer === 'kustomize') {
        checkKustomizeSource({
          kustomize: readSpinnakerSettings(options.config).kustomize,
          service: name,
          chartGitUrl: host.addressOf({
            organisation,
            repository: `${name}-chart`,
            branch: BRANCH,
          }).remoteUrl,
        });
      }
      const find = (repository: string) =>
        host.findRepository(
          { organisation, repository, branch: BRANCH },
          signal,
        );
      await ctx.checkpoint({
        key: `delivery.free.${name}`,
        fn: async () => {
          await host.checkOrganisation(organisation, signal);
          await checkJenkins({ config: options.config, name, signal });
          await checkSpinnaker({ config: options.config, name, signal });
          for (const repository of [name, `${name}-chart`]) {
            if (await find(repository)) {
              throw new ConflictError(
                `The repository ${organisation}/${repository} exists on ${host.host} already. Choose another name; when an earlier run made it, press Retry on the page of that run, and for a service of your own use the template 'Adopt a service'`,
              );
            }
          }
          return true;
        },
      });
      ctx.logger.info(
        `Nothing stands in the way of ${name}: ${host.host}, Jenkins and Spinnaker answer, and the names are free`,
      );

      ctx.output('values', plan.values);
      ctx.output('defaults', plan.defaults);
      ctx.output('tiers', plan.tiers);
      ctx.output('environments', plan.environments);
      ctx.output('chart', plan.chart);
      ctx.output('baseImageSchedule', plan.baseImageSchedule);
      ctx.output('sourceHost', host.host);
    },
  });
}

async function checkJenkins(options: {
  config: Config;
  name: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { config, name, signal } = options;
  const instance = readJenkinsInstance(config, {});
  const jenkins = JenkinsClient.create(instance);
  const jobs = await jenkins.listJobs(name, { signal });
  const taken = jobs?.find(job => ['image', 'chart'].includes(job.name));
  if (taken) {
    throw new ConflictError(
      `Jenkins at ${new URL(instance.baseUrl).host} has a job '${name}/${
        taken.name
      }' already. Choose another name, or remove the job in Jenkins`,
    );
  }
}

async function checkSpinnaker(options: {
  config: Config;
  name: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { config, name, signal } = options;
  const spinnaker = SpinnakerClient.create(readSpinnakerSettings(config));
  const application = await spinnaker.getApplication(name, { signal });
  if (application && application.entityRef !== `component:default/${name}`) {
    throw new ConflictError(
      `Spinnaker at ${spinnaker.host} has an application '${name}' already, which does not belong to this service. Choose another name, or set its attribute entityRef to component:default/${name} in Spinnaker`,
    );
  }
}
