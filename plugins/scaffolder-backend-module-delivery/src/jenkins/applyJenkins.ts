// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { ConflictError, InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  JenkinsClient,
  type JenkinsApplied,
  type JobDefinition,
} from 'backstage-plugin-jenkins-client';
import type { ApplyContext } from '../actions/ApplyContext';
import { MadeSoFar } from '../actions/MadeSoFar';
import { checkServiceName } from '../actions/serviceName';
import { readJenkinsInstance } from '../config/readJenkinsInstance';
import { JENKINS_DEFAULTS } from './jenkinsDefaults';

/** A job that has one of these changed belongs to another repository. */
const IDENTITY_FIELDS = ['definition', 'scm', 'gitUrl'];

/** What the wiring of a service in Jenkins is made of. */
export type JenkinsWiring = {
  folder: string;
  artifactGitUrl: string;
  chartGitUrl: string;
  instance?: string;
  branch?: string;
  credentialsId?: string;
  poll?: string;
  baseImageSchedule?: string;
  startFirstBuild?: boolean;
};

/**
 * Makes the Jenkins folder of a service with its jobs, or brings existing ones in line, and
 * starts the first image build.
 *
 * @throws ForwardedError saying what was made before, when a part fails.
 */
export async function applyJenkins(options: {
  config: Config;
  input: JenkinsWiring;
  ctx: ApplyContext;
}) {
  const { config, input, ctx } = options;
  const { signal, isDryRun: dryRun = false } = ctx;
  const folder = checkServiceName('folder', input.folder);
  const instance = readJenkinsInstance(config, {
    name: input.instance,
  });
  const jenkins = JenkinsClient.create(instance);
  const made = new MadeSoFar();
  const definitions = jobDefinitions(config, input, dryRun);
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

  return {
    folderUrl: jenkins.jobUrl(folder),
    imageJobUrl: jenkins.jobUrl(`${folder}/image`),
    chartJobUrl: jenkins.jobUrl(`${folder}/chart`),
    outcome: outcomes,
    firstBuild,
  };
}

function jobDefinitions(
  config: Config,
  input: JenkinsWiring,
  dryRun: boolean,
): { image: JobDefinition; chart: JobDefinition } {
  const common = {
    branch: input.branch ?? JENKINS_DEFAULTS.branch,
    credentialsId: input.credentialsId ?? JENKINS_DEFAULTS.credentialsId,
  };
  const integrations = ScmIntegrations.fromConfig(config);
  const triggersOf = (gitUrl: string) => ({
    // elsewhere Jenkins' own git/notifyCommit makes the poll look at once
    githubPush: (typeOf(integrations, gitUrl) ?? 'github') === 'github',
    poll: input.poll ?? JENKINS_DEFAULTS.poll,
  });
  return {
    image: {
      ...common,
      description: `Builds, tests, scans and publishes the image of ${input.folder}`,
      gitUrl: checkGitUrl('artifactGitUrl', input.artifactGitUrl, dryRun),
      triggers: {
        ...triggersOf(input.artifactGitUrl),
        cron: input.baseImageSchedule ?? JENKINS_DEFAULTS.baseImageSchedule,
      },
    },
    chart: {
      ...common,
      description: `Makes the Releases of ${input.folder}`,
      gitUrl: checkGitUrl('chartGitUrl', input.chartGitUrl, dryRun),
      triggers: triggersOf(input.chartGitUrl),
    },
  };
}

/** The type of the source host of a repository, when it is configured. */
function typeOf(
  integrations: ScmIntegrations,
  gitUrl: string,
): string | undefined {
  return URL.canParse(gitUrl) ? integrations.byUrl(gitUrl)?.type : undefined;
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
