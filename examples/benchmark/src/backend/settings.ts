// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { worldSizeSchema } from '../generator/commands';

/** The id of the played engine, as findings about it name it. */
export const ENGINE = 'spinnaker';

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
  /** Whether delivery is there too; without it the peer's own memory is seen. */
  delivery: z.boolean(),
});

/** What a backend under measurement is started with. */
export type BackendSettings = z.infer<typeof backendSettingsSchema>;

/** What a backend under measurement is asked. */
export const questionSchema = z.object({
  command: z.discriminatedUnion('do', [
    z.object({ do: z.literal('memory') }),
    /** From now on; ends with `profiled`. */
    z.object({ do: z.literal('profile') }),
    z.object({ do: z.literal('profiled') }),
  ]),
});
