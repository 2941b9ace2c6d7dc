// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** A page of items; `nextCursor` is absent on the last one. @public */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional(),
  });
}

/** A page of items; `nextCursor` is absent on the last one. @public */
export type Page<T> = { items: T[]; nextCursor?: string };
