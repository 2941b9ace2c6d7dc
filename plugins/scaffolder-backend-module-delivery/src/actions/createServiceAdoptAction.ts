// SPDX-License-Identifier: Apache-2.0
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readAdoptAnswers } from '../adopt/adoptAnswers';
import { renderAdoption } from '../adopt/renderAdoption';
import {
  surveyRepositories,
  type SurveyedRepository,
} from '../adopt/surveyRepositories';
import { surveyWiring } from '../adopt/surveyWiring';
import { readEnvironments } from '../config/readEnvironments';
import { findSourceHost } from '../sourceHost/findSourceHost';
import { JENKINS_FILE, WIRING_FOLDER } from '../wiring/renderWiring';
import { renderServiceWiring } from '../wiring/renderServiceWiring';
import { serviceAdoptExamples } from './createServiceAdoptAction.examples';
import { inputFields } from './inputFields';

/**
 * The scaffolder action `delivery:service:adopt`: looks at what there is of a service already,
 * writes the catalog files that bind it together into the workspace, for pull requests, and
 * reports what is missing.
 *
 * @remarks
 * It changes nothing outside of the workspace.
 *
 * @public
 */
export function createServiceAdoptAction(options: { config: Config }) {
  const { config } = options;
  return createTemplateAction({
    id: 'delivery:service:adopt',
    description:
      'Looks at the repositories, Jenkins jobs and Spinnaker application of a service that is there already, writes the catalog files that bind them for a pull request, and reports what is missing',
    examples: serviceAdoptExamples,
    supportsDryRun: true,
    schema: {
      input: {
        service: z => z.string().describe('The name of the service'),
        owner: z => z.string().describe('The group that owns it'),
        organisation: z => z.string().describe('Whose repositories they are'),
        system: z => z.string().optional().describe('What it belongs to'),
        sourceHost: z =>
          z
            .string()
            .optional()
            .describe('A configured host; the first when absent'),
        artifactRepository: z =>
          z
            .string()
            .optional()
            .describe('The repository of the source; <service> when absent'),
        chartRepository: z =>
          z
            .string()
            .optional()
            .describe('The chart repository; <service>-chart when absent'),
        jenkinsFolder: z =>
          z
            .string()
            .optional()
            .describe('The full name of the folder; <service> when absent'),
        spinnakerApplication: z =>
          z
            .string()
            .optional()
            .describe('The application; <service> when absent'),
        kubernetesId: z =>
          z
            .string()
            .optional()
            .describe(
              'The value of the label backstage.io/kubernetes-id; <service> when absent',
            ),
        path: inputFields.path,
        renderer: z =>
          z
            .enum(['', 'helm', 'kustomize'])
            .optional()
            .describe(
              'What renders the manifests; found by what the chart repository holds when absent',
            ),
      },
      output: {
        artifact: z =>
          z
            .object({ repository: z.string(), repoContentsUrl: z.string() })
            .optional()
            .describe('The repository of the source, when it is there'),
        chart: z =>
          z
            .object({ repository: z.string(), repoContentsUrl: z.string() })
            .optional()
            .describe('The chart repository, when it is there'),
        sourceHost: z =>
          z.string().describe('The host on which the repositories are'),
        branchName: z =>
          z
            .string()
            .describe(
              'The branch for the pull requests; while they are open, what people changed on it stays',
            ),
        missing: z =>
          z.array(z.string()).describe('What is missing, and what mends it'),
        report: z => z.string().describe('The same, as a list in Markdown'),
      },
    },
    async handler(ctx) {
      const { logger, signal } = ctx;
      const answers = readAdoptAnswers(ctx.input);
      const { service, organisation, path } = answers;
      const entityRef = `component:default/${service}`;
      const environments = readEnvironments(config, { service, path });
      const host = findSourceHost(config, answers.sourceHost);
      await host.checkOrganisation(organisation, signal);
      const branchName = `delivery/adopt-${service}`;
      const repositories = await surveyRepositories({
        host,
        answers,
        environments,
        proposal: branchName,
        signal,
      });
      const { artifact, chart } = repositories;
      if (!artifact && !chart) {
        throw new NotFoundError(
          `${host.host} has neither ${organisation}/${answers.artifactRepository} nor ${organisation}/${answers.chartRepository}; there is nothing to adopt`,
        );
      }
      const { renderer } = repositories;
      const { jenkinsFolder, spinnakerApplication } = answers;
      const { checks: wiring, restorable } = await surveyWiring({
        config,
        answers,
        entityRef,
        renderer,
        chartGitUrl: host.addressOf({
          organisation,
          repository: answers.chartRepository,
          branch: chart?.branch ?? 'main',
        }).remoteUrl,
        signal,
      });

      const write = async (file: string, content: string) => {
        const target = resolveSafeChildPath(ctx.workspacePath, file);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content);
        logger.info(`Wrote ${file}`);
      };
      const files = renderAdoption({ answers, renderer, artifact, chart });
      for (const [folder, content] of Object.entries(files)) {
        await write(`${folder}/catalog-info.yaml`, content);
      }
      const kept =
        chart &&
        (await host.readText(
          { organisation, repository: chart.name, branch: chart.edited },
          `${WIRING_FOLDER}/${JENKINS_FILE}`,
          signal,
        ));
      if (chart && restorable) {
        for (const file of renderServiceWiring({
          config,
          application: spinnakerApplication,
          entityRef,
          path,
          renderer,
          jenkins: { folder: jenkinsFolder },
        })) {
          // what was chosen of the jobs is people's
          if (!kept || file.path !== `${WIRING_FOLDER}/${JENKINS_FILE}`) {
            await write(`chart/${file.path}`, file.content);
          }
        }
      }

      const checks = [...repositories.checks, ...wiring];
      for (const { what, state, detail } of checks) {
        logger.info(`${state}: ${what}: ${detail}`);
      }
      const missing = checks
        .filter(({ state }) => state !== 'found')
        .map(({ what, state, detail }) =>
          state === 'missing'
            ? `${what}: ${detail}`
            : `${what} could not be asked: ${detail}`,
        );
      const place = (repository: SurveyedRepository) => ({
        repository: repository.name,
        repoContentsUrl: repository.repoContentsUrl,
      });
      ctx.output('sourceHost', host.host);
      ctx.output('branchName', branchName);
      if (artifact) {
        ctx.output('artifact', place(artifact));
      }
      if (chart) {
        ctx.output('chart', place(chart));
      }
      ctx.output('missing', missing);
      ctx.output(
        'report',
        missing.length > 0
          ? missing.map(sentence => `- ${sentence}`).join('\n')
          : 'Nothing is missing.',
      );
    },
  });
}
