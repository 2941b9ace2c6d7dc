// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { ConflictError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  JenkinsClient,
  type JenkinsApplied,
  type JobDefinition,
} from 'backstage-plugin-jenkins-client';
import { readJenkinsInstance } from '../config/readJenkinsInstance';
import { jenkinsApplyExamples } from './createJenkinsApplyAction.examples';
import { MadeSoFar } from './MadeSoFar';
import { checkServiceName } from './serviceName';

/** A job that has one of these changed belongs to another repository. */
const IDENTITY_FIELDS = ['definition', 'scm', 'gitUrl'];

const DEFAULTS = {
  branch: 'main',
  credentialsId: 'git-push',
  poll: 'H/5 * * * *',
  baseImageSchedule: 'H 3 * * *',
};

/**
 * The scaffolder action `delivery:jenkins:apply`: makes the Jenkins folder of a service with
 * its jobs `image` and `chart`, or brings existing ones in line, and starts the first build.
 *
 * @public
 */
export function createJenkinsApplyAction(options: { config: Config }) {
  return createTemplateAction({
    id: 'delivery:jenkins:apply',
    description:
      'Makes the Jenkins folder of a service with its jobs image and chart, keeps what people changed in existing ones, and starts the first image build',
    examples: jenkinsApplyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        folder: z =>
          z.string().describe('The Jenkins folder: the name of the service'),
        artifactGitUrl: z =>
          z
            .string()
            .describe('Clone address of the repository with the source'),
        chartGitUrl: z =>
          z.string().describe('Clone address of the chart repository'),
        instance: z =>
          z
            .string()
            .optional()
            .describe(
              'Name under delivery.jenkins.instances; the first when absent',
            ),
        branch: z =>
          z
            .string()
            .optional()
            .describe(`The branch to build; ${DEFAULTS.branch} when absent`),
        credentialsId: z =>
          z
            .string()
            .optional()
            .describe(
              `Id of the Jenkins credential that reads the repositories; ${DEFAULTS.credentialsId} when absent`,
            ),
        poll: z =>
          z
            .string()
            .optional()
            .describe(
              `How often Jenkins asks for new commits, beside GitHub's webhook; ${DEFAULTS.poll} when absent`,
            ),
        baseImageSchedule: z =>
          z
            .string()
            .optional()
            .describe(
              `When Jenkins looks for a new base image; ${DEFAULTS.baseImageSchedule} when absent`,
            ),
        startFirstBuild: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Whether to build the image when it was never built; true when absent',
            ),
      },
      output: {
        folderUrl: z => z.string().describe('The page of the folder'),
        imageJobUrl: z => z.string().describe('The page of the job image'),
        chartJobUrl: z => z.string().describe('The page of the job chart'),
        outcome: z =>
          z
            .object({
              folder: z.string(),
              image: z.string(),
              chart: z.string(),
            })
            .describe('created, updated or unchanged'),
        firstBuild: z =>
          z.boolean().describe('Whether the first build was asked for'),
      },
    },
    async handler(ctx) {
      const { input, signal, isDryRun: dryRun = false } = ctx;
      const folder = checkServiceName('folder', input.folder);
      const instance = readJenkinsInstance(options.config, {
        name: input.instance,
      });
      const jenkins = JenkinsClient.create(instance);
      const made = new MadeSoFar();
      const definitions = jobDefinitions(input, dryRun);
      const at = `in Jenkins at ${new URL(instance.baseUrl).host}`;

      const report = (what: string, applied: JenkinsApplied) => {
        const fields = applied.fields ? `: ${applied.fields.join(', ')}` : '';
        made.note(`${what} (${applied.outcome})`);
        ctx.logger.info(
          dryRun
            ? `${what} would be ${applied.outcome} ${at}${fields}`
            : `${what} is ${applied.outcome} ${at}${fields}`,
        );
        return applied.outcome;
      };

      const outcomes = { folder: '', image: '', chart: '' };
      outcomes.folder = await made.attempt(`the folder '${folder}' ${at}`, () =>
        ctx.checkpoint({
          key: `jenkins.folder.${instance.name}.${folder}`,
          fn: async () =>
            report(
              `The folder '${folder}'`,
              await jenkins.applyFolder(folder, {
                description: `Builds of ${folder}`,
                dryRun,
                signal,
              }),
            ),
        }),
      );
      for (const job of ['image', 'chart'] as const) {
        const fullName = `${folder}/${job}`;
        outcomes[job] = await made.attempt(`the job '${fullName}' ${at}`, () =>
          ctx.checkpoint({
            key: `jenkins.job.${instance.name}.${fullName}`,
            fn: async () =>
              report(
                `The job '${fullName}'`,
                await applyOwnJob({
                  jenkins,
                  fullName,
                  definition: definitions[job],
                  dryRun,
                  signal,
                }),
              ),
          }),
        );
      }

      const firstBuild =
        input.startFirstBuild !== false &&
        (await made.attempt(`the first build of '${folder}/image' ${at}`, () =>
          ctx.checkpoint({
            key: `jenkins.first-build.${instance.name}.${folder}`,
            fn: () =>
              startFirstBuild({
                jenkins,
                fullName: `${folder}/image`,
                dryRun,
                signal,
              }),
          }),
        ));
      if (firstBuild) {
        ctx.logger.info(
          dryRun
            ? `The first image would be built ${at}`
            : `The first image is being built ${at}`,
        );
      }

      ctx.output('folderUrl', jenkins.jobUrl(folder));
      ctx.output('imageJobUrl', jenkins.jobUrl(`${folder}/image`));
      ctx.output('chartJobUrl', jenkins.jobUrl(`${folder}/chart`));
      ctx.output('outcome', outcomes);
      ctx.output('firstBuild', firstBuild);
    },
  });
}

function jobDefinitions(
  input: {
    folder: string;
    artifactGitUrl: string;
    chartGitUrl: string;
    branch?: string;
    credentialsId?: string;
    poll?: string;
    baseImageSchedule?: string;
  },
  dryRun: boolean,
): { image: JobDefinition; chart: JobDefinition } {
  const common = {
    branch: input.branch ?? DEFAULTS.branch,
    credentialsId: input.credentialsId ?? DEFAULTS.credentialsId,
  };
  const triggers = { githubPush: true, poll: input.poll ?? DEFAULTS.poll };
  return {
    image: {
      ...common,
      description: `Builds, tests, scans and publishes the image of ${input.folder}`,
      gitUrl: checkGitUrl('artifactGitUrl', input.artifactGitUrl, dryRun),
      triggers: {
        ...triggers,
        cron: input.baseImageSchedule ?? DEFAULTS.baseImageSchedule,
      },
    },
    chart: {
      ...common,
      description: `Makes the Releases of ${input.folder}`,
      gitUrl: checkGitUrl('chartGitUrl', input.chartGitUrl, dryRun),
      triggers,
    },
  };
}

function checkGitUrl(field: string, url: string, dryRun: boolean): string {
  // in a dry run the repository was not made, so its address is a stand-in
  if (!dryRun && !/^(https?:\/\/|ssh:\/\/|git@)[^\s]+$/.test(url)) {
    throw new InputError(
      `${field} must be the clone address of a repository, such as https://github.com/northwind/orders.git`,
    );
  }
  return url;
}

/** Applies a job, unless one of that name builds another repository. */
async function applyOwnJob(options: {
  jenkins: JenkinsClient;
  fullName: string;
  definition: JobDefinition;
  dryRun: boolean;
  signal?: AbortSignal;
}): Promise<JenkinsApplied> {
  const { jenkins, fullName, definition, dryRun, signal } = options;
  const planned = await jenkins.applyJob(fullName, definition, {
    dryRun: true,
    signal,
  });
  if (planned.fields?.some(field => IDENTITY_FIELDS.includes(field))) {
    throw new ConflictError(
      `The job '${fullName}' exists and builds another repository; it may belong to another service. Choose another name, or remove the job in Jenkins`,
    );
  }
  return dryRun || planned.outcome === 'unchanged'
    ? planned
    : jenkins.applyJob(fullName, definition, { signal });
}

/** Asks for a build when there never was one; says whether it did. */
async function startFirstBuild(options: {
  jenkins: JenkinsClient;
  fullName: string;
  dryRun: boolean;
  signal?: AbortSignal;
}): Promise<boolean> {
  const { jenkins, fullName, dryRun, signal } = options;
  const builds = await jenkins.listBuilds(fullName, { limit: 1, signal });
  if (builds && builds.length > 0) {
    return false;
  }
  if (!dryRun) {
    await jenkins.triggerBuild(fullName, { signal });
  }
  return true;
}
