// SPDX-License-Identifier: Apache-2.0
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z as zod } from 'zod';
import { readEnvironments } from '../config/readEnvironments';
import { renderEnvironmentFiles } from '../values/renderEnvironmentFiles';
import { chartValuesExamples } from './createChartValuesAction.examples';
import { inputFields } from './inputFields';
import { checkServiceName } from './serviceName';

const valuesSchema = zod.record(zod.string(), zod.json()).default({});

/**
 * The scaffolder action `delivery:chart:values`: writes `values-<environment>.yaml` for
 * every Environment of a promotion path, and tells which Environments there are.
 *
 * @remarks
 * With Kustomize the values become `overlays/<environment>`, and the values file, which every
 * Release has of each Environment, says no more than the name.
 *
 * @public
 */
export function createChartValuesAction(options: { config: Config }) {
  return createTemplateAction({
    id: 'delivery:chart:values',
    description:
      'Writes values-<environment>.yaml, or an overlay of Kustomize, for every environment of a promotion path, holding only what differs there',
    examples: chartValuesExamples,
    supportsDryRun: true,
    schema: {
      input: {
        service: z =>
          z.string().describe('The name of the service, such as orders'),
        path: inputFields.path,
        targetPath: z =>
          z
            .string()
            .optional()
            .describe('The folder of the chart, relative to the workspace'),
        renderer: inputFields.renderer,
        defaults: z =>
          z
            .record(z.any())
            .optional()
            .describe(
              'What values.yaml says already; equal values are left out',
            ),
        tiers: z =>
          z
            .object({
              development: z.record(z.any()).optional(),
              staging: z.record(z.any()).optional(),
              production: z.record(z.any()).optional(),
            })
            .strict()
            .optional()
            .describe(
              'Values by the tier of the environment; {service} and {environment} in a text are filled in',
            ),
        environments: z =>
          z
            .record(z.record(z.any()))
            .optional()
            .describe('Values by the name of the environment; they win'),
      },
      output: {
        environments: z =>
          z
            .array(
              z.object({
                name: z.string(),
                tier: z.string(),
                namespace: z.string(),
                automatic: z.boolean(),
              }),
            )
            .describe('The environments of the path, in order'),
        automatic: z =>
          z
            .array(z.string())
            .describe('Names of those that every Release enters by itself'),
        files: z => z.array(z.string()).describe('The files that were written'),
      },
    },
    async handler(ctx) {
      const { service, path, targetPath = '.', tiers = {} } = ctx.input;
      const environments = readEnvironments(options.config, {
        service: checkServiceName('service', service),
        path,
      });
      const folder = resolveSafeChildPath(ctx.workspacePath, targetPath);
      const defaults = valuesSchema.parse(ctx.input.defaults);
      const files = environments.flatMap(environment => {
        const values: JsonObject = {
          ...valuesSchema.parse(tiers[environment.tier]),
          ...valuesSchema.parse(ctx.input.environments?.[environment.name]),
        };
        return renderEnvironmentFiles({
          service,
          environment,
          values,
          defaults,
          renderer: ctx.input.renderer ?? 'helm',
        });
      });
      for (const { name, content } of files) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
        ctx.logger.info(`Wrote ${name}`);
      }
      ctx.output(
        'environments',
        environments.map(({ name, tier, namespace, automatic }) => ({
          name,
          tier,
          namespace,
          automatic,
        })),
      );
      ctx.output(
        'automatic',
        environments.filter(one => one.automatic).map(({ name }) => name),
      );
      ctx.output(
        'files',
        files.map(({ name }) => name),
      );
    },
  });
}
