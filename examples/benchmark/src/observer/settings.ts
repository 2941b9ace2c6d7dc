// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { worldSizeSchema } from '../generator/commands';

/** What the watching alone is started with. */
export const observerSettingsSchema = z.object({
  size: worldSizeSchema,
  /** Where the clusters listen. */
  ports: z.array(z.number()),
});
