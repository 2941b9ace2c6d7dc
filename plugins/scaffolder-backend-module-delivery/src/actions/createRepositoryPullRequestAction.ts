// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { findSourceHost } from '../sourceHost/findSourceHost';
import { proposeFiles } from '../sourceHost/proposeFiles';
import { repositoryPullRequestExamples } from './createRepositoryPullRequestAction.examples';
import { inputFields } from './inputFields';

/**
 * The scaffolder action `delivery:repository:pull-request`: asks a repository on any configured
 * source host to take the files of a folder of the workspace.
 *
 * @remarks
 * Run again it brings the open pull request up to date; where nothing would change, none is
 * opened.
 *
 * @public
 */
export function createRepositoryPullRequestAction(options: { config: Config }) {
  const { config } = options;
  return createTemplateAction({
    id: 'delivery:repository:pull-request',
    description:
      'Opens a pull request, or a merge request, with the files that differ, or brings the open one up to date',
    examples: repositoryPullRequestExamples,
    supportsDryRun: true,
    schema: {
      input: {
        sourceHost: inputFields.sourceHost,
        organisation: inputFields.organisation,
        repository: inputFields.repository,
        sourcePath: inputFields.sourcePath,
        branchName: z => z.string().describe('The branch of the pull request'),
        title: z => z.string().describe('Its title, and of its commit'),
        description: z => z.string().describe('What it is for, in Markdown'),
      },
      output: {
        remoteUrl: z =>
          z
            .string()
            .optional()
            .describe('Where it is, unless there was nothing to change'),
      },
    },
    async handler(ctx) {
      const { organisation, repository, branchName, sourcePath } = ctx.input;
      const host = findSourceHost(config, ctx.input.sourceHost);
      const name = `${organisation}/${repository} on ${host.host}`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would open a pull request to ${name}`);
        return;
      }
      const remoteUrl = await proposeFiles(
        {
          organisation,
          repository,
          branch: branchName,
          title: ctx.input.title,
          description: ctx.input.description,
          sourcePath,
          workspacePath: ctx.workspacePath,
        },
        host.pullRequests({ organisation, repository }, ctx.signal),
      );
      ctx.logger.info(
        remoteUrl
          ? `Asked ${name} to take the files: ${remoteUrl}`
          : `${name} has all of it already`,
      );
      if (remoteUrl) {
        ctx.output('remoteUrl', remoteUrl);
      }
    },
  });
}
