// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { FakeGate } from 'backstage-plugin-spinnaker-client/testUtils';
import { z } from 'zod';
import { callGate } from '../callGate';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';

const pipelineSchema = z.looseObject({
  application: z.string(),
  name: z.string(),
  stages: z.array(z.looseObject({ type: z.string() })).default([]),
});
const triggerSchema = z.object({
  parameters: z.record(z.string(), z.json()).default({}),
});

const CLAIM = 'deliveryClaim';
const OFF = { type: 'expression', expression: 'false' };

/**
 * Starts a Spinnaker pipeline as a person would in Spinnaker's own user interface, with the
 * parameters of its last run but without a promotion.
 *
 * @remarks
 * Without its claim it is started as an unsaved copy whose claim is switched off, as anybody
 * with EXECUTE may do.
 */
export async function startPipeline(
  command: CommandOf<'start-pipeline'>,
  context: ControlContext,
): Promise<string> {
  const { application, pipeline: name, withoutClaim } = command;
  const spinnaker = requireVendor(context, 'spinnaker');
  const pipeline = locatePipeline(spinnaker.gate, command);
  const trigger = {
    type: 'manual',
    user: 'visitor',
    parameters: {
      ...lastParameters(spinnaker.gate, command),
      promotionId: 'none',
      ...command.parameters,
    },
  };
  await callGate(
    spinnaker,
    withoutClaim
      ? {
          method: 'POST',
          path: ['pipelines', 'start'],
          body: { ...withClaimOff(pipeline), trigger },
        }
      : {
          method: 'POST',
          path: ['pipelines', application, name],
          body: trigger,
        },
  );
  const how = withoutClaim ? ' without its claim' : '';
  return `Started '${name}' of ${application} by hand in Spinnaker${how}`;
}

type Pipeline = z.infer<typeof pipelineSchema>;

function locatePipeline(
  gate: FakeGate,
  wanted: { application: string; pipeline: string },
): Pipeline {
  const pipelines = gate
    .export()
    .pipelines.map(one => pipelineSchema.parse(one));
  const found = pipelines.find(
    one =>
      one.application === wanted.application && one.name === wanted.pipeline,
  );
  if (!found) {
    throw new NotFoundError(
      `The Spinnaker application '${wanted.application}' has no pipeline '${wanted.pipeline}'`,
    );
  }
  return found;
}

/** What the last run of the pipeline was started with, or else the last run of another. */
function lastParameters(
  gate: FakeGate,
  wanted: { application: string; pipeline: string },
): Record<string, unknown> {
  const runs = gate.executions.filter(
    ({ application }) => application === wanted.application,
  );
  const last =
    runs.findLast(({ name }) => name === wanted.pipeline) ?? runs.at(-1);
  return triggerSchema.parse(last?.trigger ?? {}).parameters;
}

function withClaimOff(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    stages: pipeline.stages.map(stage =>
      stage.type === CLAIM ? { ...stage, stageEnabled: OFF } : stage,
    ),
  };
}
