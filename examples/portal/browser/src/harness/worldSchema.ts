// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** What the tests read of the simulated world. */
export const worldSchema = z.object({
  now: z.string(),
  services: z.array(
    z.object({
      name: z.string(),
      artifactRepository: z.string(),
      chartRepository: z.string(),
    }),
  ),
  jenkins: z.object({ jobs: z.array(z.object({ name: z.string() })) }),
  spinnaker: z.object({
    pipelines: z.array(z.object({ application: z.string(), name: z.string() })),
    executions: z.array(
      z.object({
        id: z.string(),
        application: z.string(),
        name: z.string(),
        status: z.string(),
        stages: z.array(
          z.object({
            id: z.string(),
            type: z.string(),
            name: z.string(),
            status: z.string(),
          }),
        ),
      }),
    ),
    deploys: z.number(),
  }),
  workloads: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      images: z.array(z.string()),
    }),
  ),
});

/** What the tests read of the simulated world. */
export type World = z.infer<typeof worldSchema>;
