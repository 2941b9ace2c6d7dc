// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { parseJson } from '../parseJson';

/**
 * Reads a request's JSON body in the shape that is expected.
 *
 * @throws InputError that names the field at fault.
 */
export async function parseJsonBody<T>(
  schema: z.ZodType<T>,
  request: Request,
): Promise<T> {
  const text = await request.text();
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new InputError(
      `Invalid request: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
    );
  }
  return parsed.data;
}
