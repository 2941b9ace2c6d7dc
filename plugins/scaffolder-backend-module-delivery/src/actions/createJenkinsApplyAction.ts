// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { applyJenkins } from '../jenkins/applyJenkins';
import { JENKINS_DEFAULTS } from '../jenkins/jenkinsDefaults';
import { jenkinsApplyExamples } from './createJenkinsApplyAction.examples';
import { inputFields } from './inputFields';

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
        instance: inputFields.instance,
        branch: z =>
          z
            .string()
            .optional()
            .describe(
              `The branch to build; ${JENKINS_DEFAULTS.branch} when absent`,
            ),
        credentialsId: z =>
          z
            .string()
            .optional()
            .describe(
              `Id of the Jenkins credential that reads the repositories; ${JENKINS_DEFAULTS.credentialsId} when absent`,
            ),
        poll: z =>
          z
            .string()
            .optional()
            .describe(
              `How often Jenkins asks for new commits, beside what a webhook of the source host tells it; ${JENKINS_DEFAULTS.poll} when absent`,
            ),
        baseImageSchedule: z =>
          z
            .string()
            .optional()
            .describe(
              `When Jenkins looks for a new base image; ${JENKINS_DEFAULTS.baseImageSchedule} when absent`,
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
      const applied = await applyJenkins({
        config: options.config,
        input: ctx.input,
        ctx,
      });
      ctx.output('folderUrl', applied.folderUrl);
      ctx.output('imageJobUrl', applied.imageJobUrl);
      ctx.output('chartJobUrl', applied.chartJobUrl);
      ctx.output('outcome', applied.outcome);
      ctx.output('firstBuild', applied.firstBuild);
    },
  });
}
