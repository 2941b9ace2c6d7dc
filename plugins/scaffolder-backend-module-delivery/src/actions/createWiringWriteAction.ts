// SPDX-License-Identifier: Apache-2.0
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readEnvironments } from '../config/readEnvironments';
import { readSpinnakerSettings } from '../config/readSpinnakerSettings';
import { renderServicePipelines } from '../spinnaker/renderServicePipelines';
import { renderWiring } from '../wiring/renderWiring';
import { wiringWriteExamples } from './createWiringWriteAction.examples';
import { inputFields } from './inputFields';
import { checkServiceName } from './serviceName';

/**
 * The scaffolder action `delivery:wiring:write`: writes how a service is wired to Jenkins and
 * Spinnaker into a folder, so that it is kept in Git and can be applied again from there.
 *
 * @public
 */
export function createWiringWriteAction(options: { config: Config }) {
  return createTemplateAction({
    id: 'delivery:wiring:write',
    description:
      'Writes the Spinnaker application and pipelines of a service, and how its Jenkins jobs are set, as JSON into a folder',
    examples: wiringWriteExamples,
    supportsDryRun: true,
    schema: {
      input: {
        service: z => z.string().describe('The name of the service'),
        entityRef: inputFields.entityRef,
        path: inputFields.path,
        targetPath: z =>
          z
            .string()
            .optional()
            .describe('The folder, relative to the workspace'),
        strategy: inputFields.strategy,
        renderer: inputFields.renderer,
        handOver: inputFields.handOver,
        baseImageSchedule: z =>
          z
            .string()
            .optional()
            .describe('When Jenkins looks for a new base image'),
        branch: z => z.string().optional().describe('The branch to build'),
      },
      output: {
        files: z => z.array(z.string()).describe('The files that were written'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const application = checkServiceName('service', input.service);
      const entityRef = input.entityRef ?? `component:default/${application}`;
      const files = renderWiring({
        application,
        entityRef,
        pipelines: renderServicePipelines({
          application,
          entityRef,
          chartName: application,
          environments: readEnvironments(options.config, {
            service: application,
            path: input.path,
          }),
          settings: readSpinnakerSettings(options.config),
          strategy: input.strategy,
          renderer: input.renderer,
          handOver: input.handOver,
        }),
        jenkins: {
          folder: application,
          ...(input.baseImageSchedule
            ? { baseImageSchedule: input.baseImageSchedule }
            : {}),
          ...(input.branch ? { branch: input.branch } : {}),
        },
      });
      const folder = resolveSafeChildPath(
        ctx.workspacePath,
        input.targetPath ?? '.',
      );
      for (const { path, content } of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
        ctx.logger.info(`Wrote ${path}`);
      }
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
    },
  });
}
