// SPDX-License-Identifier: Apache-2.0
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { pipelineDifference } from 'backstage-plugin-spinnaker-client';
import { readEnvironments } from '../config/readEnvironments';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { applyJenkins } from '../jenkins/applyJenkins';
import { applySpinnaker } from '../spinnaker/applySpinnaker';
import { renderServicePipelines } from '../spinnaker/renderServicePipelines';
import { readServiceWiring } from '../wiring/readServiceWiring';
import { pipelineFile, WIRING_FOLDER } from '../wiring/renderWiring';
import { serviceRestoreExamples } from './createServiceRestoreAction.examples';

/**
 * The scaffolder action `delivery:service:restore`: makes the Jenkins jobs and the Spinnaker
 * application and pipelines of a service again, from its chart repository.
 *
 * @remarks
 * Of the Spinnaker pipelines only what the portal itself would write is applied: somebody who
 * may push to the repository cannot thereby start what nobody has admitted. Where the
 * repository differs, that is said.
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
        {
          entityRefs: (component.relations ?? [])
            .filter(
              ({ type, targetRef }) =>
                type === 'dependsOn' && targetRef.startsWith('resource:'),
            )
            .map(({ targetRef }) => targetRef),
        },
        { credentials },
      );
      const entityRef = stringifyEntityRef(component);
      const wiring = await readServiceWiring({
        component,
        resources: items.flatMap(item => item ?? []),
        reader,
      });
      const { service, path } = wiring;

      const differences: string[] = [];
      for (const { environment, pipeline } of renderServicePipelines({
        application: service,
        entityRef,
        chartName: service,
        environments: readEnvironments(config, { service, path }),
        settings: readSpinnakerSettings(config),
      })) {
        const kept = await wiring.pipeline(environment);
        const difference = kept
          ? pipelineDifference(kept, pipeline)
          : 'is not there';
        if (difference) {
          const sentence = `${WIRING_FOLDER}/${pipelineFile(
            environment,
          )}: ${difference}. What the portal is configured to is applied; write the wiring again to bring the repository in line`;
          differences.push(sentence);
          ctx.logger.warn(sentence);
        }
      }

      const spinnaker = await applySpinnaker({
        config,
        input: { application: service, entityRef, path },
        ctx,
      });
      const { folder: _, ...chosen } = wiring.jenkins;
      const jenkins = await applyJenkins({
        config,
        input: {
          ...chosen,
          folder: service,
          artifactGitUrl: wiring.artifactGitUrl,
          chartGitUrl: wiring.chartGitUrl,
        },
        ctx,
      });
      ctx.output('folderUrl', jenkins.folderUrl);
      ctx.output('applicationUrl', spinnaker.applicationUrl);
      ctx.output('differences', differences);
    },
  });
}
