// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import { faultsOf } from '../config/ConfigFault';

/**
 * What a client sent, parsed.
 *
 * @throws InputError that names every fault with its path.
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
  where: 'body' | 'query' | 'path',
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const faults = faultsOf(result.error, []);
  throw new InputError(
    faults
      .map(({ message, path }) => `${path || `the ${where}`}: ${message}`)
      .join('; '),
  );
}
