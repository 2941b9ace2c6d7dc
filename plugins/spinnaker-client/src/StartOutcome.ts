// SPDX-License-Identifier: Apache-2.0
import { basename } from 'node:path/posix';
import { z } from 'zod';
import { GateAnswer } from './GateTransport';
import { gateError, gateMessage } from './gateError';

/**
 * What is known after asking Spinnaker to start an execution.
 *
 * @remarks
 * - `accepted`: the execution exists under this id. With a `correlationId` it may be one
 *   that was started before and has not ended.
 * - `refused`: nothing was carried out. Spinnaker may still have stored an execution that
 *   was TERMINAL at once (a disabled Spinnaker pipeline, an artifact that is missing).
 *   `permanent` tells whether asking the same again can help without somebody acting.
 * - `unknown`: the request may have taken effect, now or within the next two minutes.
 *   Search by `correlationId` before anything else is tried.
 *
 * @public
 */
export type StartOutcome =
  | { kind: 'accepted'; executionId: string }
  | { kind: 'refused'; status?: number; reason: string; permanent: boolean }
  | { kind: 'unknown'; reason: string };

const refSchema = z.looseObject({ ref: z.string() });

/** Reads the outcome from how the call ended; never throws. @public */
export function startOutcome(options: {
  answer: GateAnswer;
  host: string;
  doing: string;
}): StartOutcome {
  const { answer, host, doing } = options;
  if (answer.kind === 'unreached') {
    return { kind: 'refused', reason: answer.reason, permanent: false };
  }
  if (answer.kind === 'lost') {
    return { kind: 'unknown', reason: answer.reason };
  }
  const { status, text } = answer;
  if (status >= 200 && status < 300) {
    const executionId = executionIdFrom(text);
    return executionId
      ? { kind: 'accepted', executionId }
      : {
          kind: 'unknown',
          reason: `Spinnaker at ${host} answered ${status} without naming an execution while ${doing}`,
        };
  }
  const { message: reason } = gateError({
    host,
    doing,
    status,
    message: gateMessage(text),
  });
  // 408 comes from something in between, which may have passed the request on.
  if (status >= 500 || status === 408 || status < 200) {
    return { kind: 'unknown', reason };
  }
  return { kind: 'refused', status, reason, permanent: status !== 429 };
}

function executionIdFrom(text: string): string | undefined {
  try {
    const parsed = refSchema.safeParse(JSON.parse(text));
    return parsed.success ? basename(parsed.data.ref) || undefined : undefined;
  } catch {
    return undefined;
  }
}
