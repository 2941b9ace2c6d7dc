// SPDX-License-Identifier: Apache-2.0
import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Reads a JSON answer of a controller.
 *
 * @throws ServiceUnavailableError that names the host, the path and the field at fault.
 */
export function parseAnswer<T extends z.ZodType>(
  schema: T,
  body: Buffer,
  from: { host: string; path: string },
): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceUnavailableError(
      `Jenkins at ${from.host} answered ${from.path} with something that is not JSON; check that baseUrl is Jenkins itself`,
    );
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ServiceUnavailableError(
      `Jenkins at ${from.host} answered ${
        from.path
      } in an unexpected form: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return parsed.data;
}
