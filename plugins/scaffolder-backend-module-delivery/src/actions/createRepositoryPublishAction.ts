// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { repositoryOfLocation } from 'backstage-plugin-delivery-common';
import { findSourceHost } from '../sourceHost/findSourceHost';
import type { RepositoryAddress } from '../sourceHost/SourceHost';
import { repositoryPublishExamples } from './createRepositoryPublishAction.examples';
import { inputFields } from './inputFields';

const BRANCH = 'main';

/**
 * The scaffolder action `delivery:repository:publish`: makes a repository of a folder of the
 * workspace on any configured source host, or takes up the one that an interrupted run of the
 * same task began.
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
  return createTemplateAction({
    id: 'delivery:repository:publish',
    description:
      'Makes a repository of a folder of the workspace, or goes on with the one that an interrupted run began',
    examples: repositoryPublishExamples,
    supportsDryRun: true,
    schema: {
      input: {
        sourceHost: inputFields.sourceHost,
        organisation: inputFields.organisation,
        repository: inputFields.repository,
        description: z => z.string().optional(),
        sourcePath: inputFields.sourcePath,
        commitMessage: z => z.string().describe('Of the first commit'),
      },
      output: {
        remoteUrl: z => z.string().describe('Where Git finds it'),
        repoContentsUrl: z =>
          z.string().describe('Where its files are, for the catalog'),
        webUrl: z => z.string().describe('Where people read it'),
        commitHash: z =>
          z.string().describe('The first commit, when this run made it'),
      },
    },
    async handler(ctx) {
      const { organisation, repository, description, sourcePath } = ctx.input;
      const host = findSourceHost(config, ctx.input.sourceHost);
      const name = `${organisation}/${repository} on ${host.host}`;
      const wanted = { organisation, repository, branch: BRANCH };
      const found = await host.findRepository(wanted, ctx.signal);
      const say = ({ remoteUrl, repoContentsUrl }: RepositoryAddress) => {
        ctx.output('remoteUrl', remoteUrl);
        ctx.output('repoContentsUrl', repoContentsUrl);
        ctx.output(
          'webUrl',
          repositoryOfLocation(repoContentsUrl)?.url ?? repoContentsUrl,
        );
      };
      if (found?.filled) {
        ctx.logger.info(`${name} is there already`);
        say(found);
        return;
      }
      if (ctx.isDryRun) {
        ctx.logger.info(`Would ${found ? 'fill' : 'create'} ${name}`);
        say(found ?? host.addressOf(wanted));
        return;
      }
      ctx.logger.info(
        found ? `Filling ${name}, which is empty` : `Creating ${name}`,
      );
      const { input: _, output: __, ...surroundings } = ctx;
      const published = await host.publish({
        ...wanted,
        sourcePath,
        commitMessage: ctx.input.commitMessage,
        ...(description ? { description } : {}),
        ...(found ? { existing: found } : {}),
        surroundings,
      });
      say(published);
      if (published.commitHash) {
        ctx.output('commitHash', published.commitHash);
      }
    },
  });
}
