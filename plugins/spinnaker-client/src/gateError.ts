// SPDX-License-Identifier: Apache-2.0
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

const MAX_MESSAGE = 300;

const gateBodySchema = z.looseObject({
  message: z.string().optional(),
  error: z.string().optional(),
});

/** What Gate said in the body of an error, shortened and without addresses inside the cluster. */
export function gateMessage(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = gateBodySchema.safeParse(body);
  if (!parsed.success) {
    return undefined;
  }
  const message = parsed.data.message ?? parsed.data.error;
  const short = message
    ?.replace(/https?:\/\/[^\s,]+/g, '(internal address)')
    .replace(/\s+/g, ' ')
    .trim();
  return short && short.length > MAX_MESSAGE
    ? `${short.slice(0, MAX_MESSAGE)}…`
    : short;
}

/**
 * The error of an answer that is not a success, with the host and what to do.
 *
 * @remarks
 * Takes nothing from the request, so a credential cannot end up in a message.
 */
export function gateError(options: {
  host: string;
  doing: string;
  status: number;
  message?: string;
}): Error {
  const { host, doing, status, message } = options;
  const said = message ? `: ${message}` : '';
  if (status === 401 || (status >= 300 && status < 400)) {
    return new AuthenticationError(
      `Spinnaker at ${host} did not accept the credentials while ${doing}; check spinnaker.token or spinnaker.username and spinnaker.password`,
    );
  }
  if (status === 403) {
    return new NotAllowedError(
      `Spinnaker at ${host} does not allow ${doing}${said}; give the service account the permission on the application`,
    );
  }
  if (status === 404) {
    return new NotFoundError(
      `Spinnaker at ${host} does not know what was asked for while ${doing}${said}`,
    );
  }
  const taken = /already exists|is stale/.test(message ?? '');
  if (status === 409 || (status === 400 && taken)) {
    return new ConflictError(
      `Spinnaker at ${host} reports a conflict while ${doing}${said}`,
    );
  }
  if (status === 413) {
    return new InputError(
      `What stands before Spinnaker at ${host} takes no request of this size while ${doing}; let it take 2 MiB (NGINX: client_max_body_size)`,
    );
  }
  if (status === 429) {
    return new ServiceUnavailableError(
      `Spinnaker at ${host} is limiting requests while ${doing}; try again later`,
    );
  }
  if (status >= 500) {
    return new ServiceUnavailableError(
      `Spinnaker at ${host} answered ${status} while ${doing}${said}; check that Gate, Orca and Front50 are up`,
    );
  }
  return new InputError(
    `Spinnaker at ${host} refused ${doing} with ${status}${said}`,
  );
}
