// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef } from '@backstage/catalog-model';
import { isError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { catalogRegisterExamples } from './createCatalogRegisterAction.examples';

/**
 * The scaffolder action `delivery:catalog:register`: registers a catalog file, unless it is
 * registered already.
 *
 * @remarks
 * `catalog:register` fails the second time, so a task that was interrupted right after it
 * could never be finished.
 *
 * @public
 */
export function createCatalogRegisterAction(options: {
  catalog: CatalogService;
}) {
  return createTemplateAction({
    id: 'delivery:catalog:register',
    description: 'Registers a catalog file, unless it is registered already',
    examples: catalogRegisterExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repoContentsUrl: z =>
          z.string().optional().describe('Where the files of the branch are'),
        path: z => z.string().default('/catalog-info.yaml'),
        optional: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Whether the file may be missing still, because a pull request adds it',
            ),
      },
      output: {
        entityRef: z =>
          z.string().optional().describe('The entity of the file'),
      },
    },
    async handler(ctx) {
      const { repoContentsUrl, path = '/catalog-info.yaml' } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would register ${path} of the repository`);
        return;
      }
      const location = { type: 'url', target: below(repoContentsUrl, path) };
      const credentials = await ctx.getInitiatorCredentials();
      try {
        await options.catalog.addLocation(location, { credentials });
        ctx.logger.info(`Registered ${location.target}`);
      } catch (error) {
        if (!isConflict(error)) {
          throw error;
        }
        ctx.logger.info(`${location.target} is registered already`);
      }
      const { entities } = await options.catalog
        .addLocation({ ...location, dryRun: true }, { credentials })
        .catch(error => {
          if (ctx.input.optional) {
            return { entities: [] };
          }
          throw error;
        });
      const [entity] = entities;
      if (!entity && ctx.input.optional) {
        ctx.logger.info(
          `${location.target} is not there yet; the catalog takes it once its pull request is merged`,
        );
        return;
      }
      if (!entity) {
        throw new NotFoundError(`There is no entity in ${location.target}`);
      }
      ctx.output('entityRef', stringifyEntityRef(entity));
    },
  });
}

/**
 * Where a file is below a folder; what comes after `?` names the branch on some hosts, and on
 * Azure DevOps the path, too.
 */
function below(folder: string | undefined, path: string): string {
  if (folder?.includes('/_git/')) {
    return folder.replace('?path=/', `?path=${path}`);
  }
  const [address, ...query] = String(folder).split('?');
  return [`${address}${path}`, ...query].join('?');
}

function isConflict(error: unknown): boolean {
  return (
    isError(error) &&
    (error.name === 'ConflictError' ||
      (isError(error.cause) && error.cause.name === 'ConflictError'))
  );
}
