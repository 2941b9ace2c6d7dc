// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { applySpinnaker } from '../spinnaker/applySpinnaker';
import { spinnakerApplyExamples } from './createSpinnakerApplyAction.examples';
import { inputFields } from './inputFields';

/**
 * The scaffolder action `delivery:spinnaker:apply`: makes the Spinnaker application of a
 * service and one "Deploy to <environment>" Spinnaker pipeline for every Environment of its
 * promotion path, or brings existing ones in line.
 *
 * @public
 */
export function createSpinnakerApplyAction(options: { config: Config }) {
  return createTemplateAction({
    id: 'delivery:spinnaker:apply',
    description:
      'Makes the Spinnaker application of a service and a Spinnaker pipeline "Deploy to <environment>" for every environment of its promotion path',
    examples: spinnakerApplyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        application: z =>
          z
            .string()
            .describe('The Spinnaker application: the name of the service'),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The entity that is delivered; component:default/<application> when absent',
            ),
        path: inputFields.path,
        chartName: z =>
          z
            .string()
            .optional()
            .describe('The chart; named as the application when absent'),
        email: z =>
          z
            .string()
            .optional()
            .describe(
              'Whom Spinnaker shows as the contact; the person who runs the template when absent',
            ),
        strategy: inputFields.strategy,
        renderer: inputFields.renderer,
        handOver: inputFields.handOver,
        permissions: z =>
          z
            .object({
              READ: z.array(z.string()).optional(),
              EXECUTE: z.array(z.string()).optional(),
              WRITE: z.array(z.string()).optional(),
            })
            .optional()
            .describe(
              'Roles of a new application. Only the portal should have EXECUTE where environments are gated',
            ),
      },
      output: {
        applicationUrl: z =>
          z.string().describe('The application in Spinnaker'),
        application: z => z.string().describe('created or unchanged'),
        pipelines: z =>
          z
            .array(
              z.object({
                name: z.string(),
                environment: z.string(),
                outcome: z.string(),
              }),
            )
            .describe('What became of each Spinnaker pipeline'),
      },
    },
    async handler(ctx) {
      const applied = await applySpinnaker({
        config: options.config,
        input: ctx.input,
        ctx,
      });
      ctx.output('applicationUrl', applied.applicationUrl);
      ctx.output('application', applied.application);
      ctx.output('pipelines', applied.pipelines);
    },
  });
}
