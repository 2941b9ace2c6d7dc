// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { worldSizeSchema } from '../generator/commands';

/** What a backend under measurement is started with. */
export const backendSettingsSchema = z.object({
  size: worldSizeSchema,
  /** Where the clusters listen. */
  ports: z.array(z.number()),
  /** A folder of its own for the databases. */
  folder: z.string(),
  /** Where the backend is to listen. */
  port: z.number(),
  /** How the peer is configured. */
  peer: z.enum(['default', 'lean']),
});

/** What a backend under measurement is started with. */
export type BackendSettings = z.infer<typeof backendSettingsSchema>;
