// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';

/**
 * The JSON of a column, parsed by its schema.
 *
 * @throws Error that names the column when the text is not what was written.
 */
export function parseRow<T extends z.ZodType>(
  schema: T,
  text: string,
  column: string,
): z.output<T> {
  const result = schema.safeParse(JSON.parse(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(
      `The stored ${column} cannot be read: ${issue.path.join('.')}: ${
        issue.message
      }`,
    );
  }
  return result.data;
}
