// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  createGithubRepoPushAction,
  createPublishGithubAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { SourceHost } from '../plan/SourceHost';
import { repositoryPublishExamples } from './createRepositoryPublishAction.examples';

const BRANCH = 'main';

/**
 * The scaffolder action `delivery:repository:publish`: makes a repository of a folder of the
 * workspace with the actions of Backstage's GitHub module, or takes up the one that an
 * interrupted run of the same task began.
 *
 * @remarks
 * It looks at the host every time it runs, because what an earlier step saw may be older than
 * the interruption: a filled repository is put out as it is, an empty one is filled, and only
 * an absent one is created.
 *
 * @public
 */
export function createRepositoryPublishAction(options: { config: Config }) {
  const { config } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const create = createPublishGithubAction({ integrations, config });
  const push = createGithubRepoPushAction({ integrations, config });
  return createTemplateAction({
    id: 'delivery:repository:publish',
    description:
      'Makes a repository of a folder of the workspace, or goes on with the one that an interrupted run began',
    examples: repositoryPublishExamples,
    supportsDryRun: true,
    schema: {
      input: {
        sourceHost: z => z.string().describe('A configured host'),
        organisation: z => z.string().describe('Who owns the repository'),
        repository: z => z.string().describe('The name of the repository'),
        description: z => z.string().optional(),
        sourcePath: z => z.string().describe('The folder in the workspace'),
        commitMessage: z => z.string().describe('Of the first commit'),
      },
      output: {
        remoteUrl: z => z.string().describe('Where Git finds it'),
        repoContentsUrl: z =>
          z.string().describe('Where its files are, for the catalog'),
        commitHash: z =>
          z.string().describe('The first commit, when this run made it'),
      },
    },
    async handler(ctx) {
      const { organisation, repository, description, sourcePath } = ctx.input;
      const host = SourceHost.find(config, ctx.input.sourceHost);
      const name = `${organisation}/${repository} on ${host.host}`;
      const found = await host.findRepository(organisation, repository, {
        branch: BRANCH,
        signal: ctx.signal,
      });
      if (found?.filled) {
        ctx.logger.info(`${name} is there already`);
        ctx.output('remoteUrl', found.remoteUrl);
        ctx.output('repoContentsUrl', found.repoContentsUrl);
        return;
      }
      if (ctx.isDryRun) {
        ctx.logger.info(`Would ${found ? 'fill' : 'create'} ${name}`);
        const url = `https://${host.host}/${organisation}/${repository}`;
        ctx.output('remoteUrl', found?.remoteUrl ?? `${url}.git`);
        ctx.output(
          'repoContentsUrl',
          found?.repoContentsUrl ?? `${url}/blob/${BRANCH}`,
        );
        return;
      }
      const input = {
        repoUrl: `${host.host}?owner=${organisation}&repo=${repository}`,
        sourcePath,
        defaultBranch: BRANCH,
        protectDefaultBranch: false,
        gitCommitMessage: ctx.input.commitMessage,
      };
      if (found) {
        ctx.logger.info(`Filling ${name}, which is empty`);
        await push.handler({ ...ctx, input });
        return;
      }
      ctx.logger.info(`Creating ${name}`);
      await create.handler({
        ...ctx,
        input: { ...input, ...(description ? { description } : {}) },
      });
    },
  });
}
