// SPDX-License-Identifier: Apache-2.0
import type {
  SpinnakerExecution,
  SpinnakerExecutionStage,
} from 'backstage-plugin-spinnaker-client';
import { z } from 'zod';

const MAX_LENGTH = 600;

const exceptionSchema = z.looseObject({
  details: z.looseObject({
    errors: z.array(z.string()).default([]),
    error: z.string().optional(),
  }),
});
const katoTasksSchema = z.array(
  z.looseObject({
    exception: z.looseObject({ message: z.string().optional() }).optional(),
  }),
);
const webhookSchema = z.looseObject({
  error: z.string().optional(),
  monitor: z
    .looseObject({
      error: z.string().optional(),
      progressMessage: z.string().optional(),
    })
    .optional(),
});
const messagesSchema = z.array(z.string());

/** Why an execution failed or was cancelled, in Spinnaker's own words. */
export function failureMessage(
  execution: SpinnakerExecution,
): string | undefined {
  if (execution.canceled && execution.cancellationReason) {
    return shorten(execution.cancellationReason);
  }
  const failed = execution.stages.find(({ status }) =>
    ['TERMINAL', 'STOPPED', 'FAILED_CONTINUE', 'CANCELED'].includes(status),
  );
  return failed && stageFailure(failed);
}

/** What a Spinnaker stage says of itself: its failure, or what it waits for. */
export function stageMessage(
  stage: SpinnakerExecutionStage,
): string | undefined {
  switch (stage.status) {
    case 'TERMINAL':
    case 'STOPPED':
    case 'FAILED_CONTINUE':
    case 'CANCELED':
      return stageFailure(stage);
    case 'RUNNING': {
      const messages = messagesSchema.safeParse(stage.context.messages);
      const webhook = webhookSchema.safeParse(stage.context.webhook);
      return shorten(
        (messages.success ? messages.data.at(-1) : undefined) ??
          (webhook.success
            ? webhook.data.monitor?.progressMessage ?? webhook.data.error
            : undefined),
      );
    }
    default:
      return undefined;
  }
}

function stageFailure(stage: SpinnakerExecutionStage): string | undefined {
  const exception = exceptionSchema.safeParse(stage.context.exception);
  if (exception.success) {
    const { errors, error } = exception.data.details;
    return shorten(errors.join('; ') || error);
  }
  // What the API server refused is not an exception of Orca.
  const kato = katoTasksSchema.safeParse(stage.context['kato.tasks']);
  const refused = kato.success
    ? kato.data.findLast(one => one.exception?.message)?.exception?.message
    : undefined;
  if (refused) {
    return shorten(refused);
  }
  const webhook = webhookSchema.safeParse(stage.context.webhook);
  return webhook.success
    ? shorten(
        webhook.data.error ??
          webhook.data.monitor?.error ??
          webhook.data.monitor?.progressMessage,
      )
    : undefined;
}

function shorten(text: string | undefined): string | undefined {
  const short = text?.replace(/\s+/g, ' ').trim();
  return short && short.length > MAX_LENGTH
    ? `${short.slice(0, MAX_LENGTH - 1)}…`
    : short || undefined;
}
