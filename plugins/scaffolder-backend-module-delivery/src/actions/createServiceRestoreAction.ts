// SPDX-License-Identifier: Apache-2.0
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { resourcesOf } from '../wiring/resourcesOf';
import { restoreService } from '../wiring/restoreService';
import { serviceRestoreExamples } from './createServiceRestoreAction.examples';

/**
 * The scaffolder action `delivery:service:restore`: makes the Jenkins jobs and the Spinnaker
 * application and pipelines of a service again, from its chart repository.
 *
 * @public
 */
export function createServiceRestoreAction(options: {
  config: Config;
  catalog: CatalogService;
  reader: UrlReaderService;
}) {
  const { config, catalog, reader } = options;
  return createTemplateAction({
    id: 'delivery:service:restore',
    description:
      'Makes the Jenkins jobs and the Spinnaker application and pipelines of a service again, from its chart repository',
    examples: serviceRestoreExamples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().describe('The Component'),
      },
      output: {
        folderUrl: z => z.string().describe('The Jenkins folder'),
        applicationUrl: z =>
          z.string().describe('The application in Spinnaker'),
        differences: z =>
          z
            .array(z.string())
            .describe(
              'Where the wiring in the repository is not what the portal is configured to',
            ),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const credentials = await ctx.getInitiatorCredentials();
      const component = await catalog.getEntityByRef(input.entityRef, {
        credentials,
      });
      if (component?.kind !== 'Component') {
        throw new NotFoundError(
          `There is no Component ${input.entityRef} that you may see`,
        );
      }
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: resourcesOf(component) },
        { credentials },
      );
      const restored = await restoreService({
        config,
        component,
        resources: items.flatMap(item => item ?? []),
        reader,
        ctx,
      });
      ctx.output('folderUrl', restored.folderUrl);
      ctx.output('applicationUrl', restored.applicationUrl);
      ctx.output('differences', restored.differences);
    },
  });
}
