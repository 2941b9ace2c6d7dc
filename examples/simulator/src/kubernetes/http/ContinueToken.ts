// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { ApiError } from '../model/ApiError';

const tokenSchema = z.object({
  v: z.literal('meta.k8s.io/v1'),
  rv: z.number().int(),
  start: z.string(),
});

/** Where the next page of a list begins and which version all its pages show. */
export interface ContinueToken {
  resourceVersion: number;
  /** The last key of the page before. */
  after: string;
}

/** Writes the token a client sends back for the next page. */
export function encodeContinue(token: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({
      v: 'meta.k8s.io/v1',
      rv: token.resourceVersion,
      start: token.after,
    }),
  ).toString('base64url');
}

/**
 * Reads a token back.
 *
 * @throws ApiError 400 when it is none of ours.
 */
export function decodeContinue(text: string): ContinueToken {
  try {
    const { rv, start } = tokenSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { resourceVersion: rv, after: start };
  } catch {
    throw ApiError.badRequest(
      'invalid continue token: continue key is not valid',
    );
  }
}
