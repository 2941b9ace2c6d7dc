// SPDX-License-Identifier: Apache-2.0
import { serializeError } from '@backstage/errors';
import type { SerializedError } from '@backstage/errors';

const STATUS: Record<string, number> = {
  InputError: 400,
  NotFoundError: 404,
  ConflictError: 409,
};

/** An error as Backstage's own plugins answer it. */
export interface ControlFault {
  status: number;
  body: { error: SerializedError; response: { statusCode: number } };
}

/** Turns a failed command into an answer. */
export function controlFault(error: unknown): ControlFault {
  const known = error instanceof Error ? error : new Error(String(error));
  const status = STATUS[known.name] ?? 500;
  return {
    status,
    body: { error: serializeError(known), response: { statusCode: status } },
  };
}
