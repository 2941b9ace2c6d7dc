// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { qualifiedResource, type ResourceKind } from './ResourceKind';

/** What a Status of the API server says beside its message. */
export interface ApiErrorOptions {
  code: number;
  /** The machine-readable word, for example `NotFound`. */
  reason: string;
  message: string;
  details?: JsonObject;
  /** A fresh list token, sent with an expired `continue`. */
  continueToken?: string;
}

/** A refusal in the API server's own form: it becomes a `Status` body. */
export class ApiError extends Error {
  readonly name = 'ApiError';
  readonly code: number;
  readonly reason: string;
  readonly #details?: JsonObject;
  readonly #continueToken?: string;

  constructor(options: ApiErrorOptions) {
    super(options.message);
    this.code = options.code;
    this.reason = options.reason;
    this.#details = options.details;
    this.#continueToken = options.continueToken;
  }

  /** The body the real server sends for this refusal. */
  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.#continueToken ? { continue: this.#continueToken } : {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.#details ? { details: this.#details } : {}),
      code: this.code,
    };
  }

  static notFound(kind: ResourceKind, name: string): ApiError {
    return new ApiError({
      code: 404,
      reason: 'NotFound',
      message: `${qualifiedResource(kind)} "${name}" not found`,
      details: detailsOf(kind, name),
    });
  }

  static notFoundMessage(message: string): ApiError {
    return new ApiError({
      code: 404,
      reason: 'NotFound',
      message,
      details: {},
    });
  }

  static alreadyExists(kind: ResourceKind, name: string): ApiError {
    return new ApiError({
      code: 409,
      reason: 'AlreadyExists',
      message: `${qualifiedResource(kind)} "${name}" already exists`,
      details: detailsOf(kind, name),
    });
  }

  static conflict(kind: ResourceKind, name: string, why?: string): ApiError {
    const sentence =
      why ??
      'the object has been modified; please apply your changes to the latest version and try again';
    return new ApiError({
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on ${qualifiedResource(
        kind,
      )} "${name}": ${sentence}`,
      details: detailsOf(kind, name),
    });
  }

  static badRequest(message: string): ApiError {
    return new ApiError({ code: 400, reason: 'BadRequest', message });
  }

  static invalid(
    kind: ResourceKind,
    name: string,
    causes: { field: string; message: string; reason?: string }[],
  ): ApiError {
    const list = causes.map(cause => `${cause.field}: ${cause.message}`);
    const text = list.length === 1 ? list[0] : `[${list.join(', ')}]`;
    const subject =
      kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
    return new ApiError({
      code: 422,
      reason: 'Invalid',
      message: `${subject} "${name}" is invalid: ${text}`,
      details: {
        name,
        ...(kind.group ? { group: kind.group } : {}),
        kind: kind.kind,
        causes: causes.map(cause => ({
          reason: cause.reason ?? 'FieldValueInvalid',
          message: cause.message,
          field: cause.field,
        })),
      },
    });
  }

  static forbidden(kind: ResourceKind, name: string, why: string): ApiError {
    return new ApiError({
      code: 403,
      reason: 'Forbidden',
      message: `${qualifiedResource(kind)}${
        name ? ` "${name}"` : ''
      } is forbidden: ${why}`,
      details: detailsOf(kind, name),
    });
  }

  static unauthorized(): ApiError {
    return new ApiError({
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
  }

  static expired(message: string, continueToken?: string): ApiError {
    return new ApiError({
      code: 410,
      reason: 'Expired',
      message,
      continueToken,
    });
  }

  static methodNotAllowed(): ApiError {
    return new ApiError({
      code: 405,
      reason: 'MethodNotAllowed',
      message:
        'the server does not allow this method on the requested resource',
      details: {},
    });
  }

  static unsupportedMediaType(accepted: string[]): ApiError {
    return new ApiError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
        ', ',
      )}`,
    });
  }
}

function detailsOf(kind: ResourceKind, name: string): JsonObject {
  return {
    ...(name ? { name } : {}),
    ...(kind.group ? { group: kind.group } : {}),
    kind: kind.resource,
  };
}
