// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const condition = z.enum(['normal', 'slow', 'error', 'silent', 'down']);

const vendor = z.object({
  name: z.enum([
    'charts',
    'kubernetes',
    'spinnaker',
    'jenkins',
    'github',
    'gitlab',
    'gitea',
    'azure',
    'bitbucketServer',
    'bitbucketCloud',
  ]),
  url: z.string().optional(),
  /** Absent when the vendor is not simulated. */
  condition: condition.optional(),
  conditions: z.array(condition),
});

const service = z.object({
  name: z.string(),
  artifactRepository: z.string(),
  chartRepository: z.string(),
  environments: z.array(z.string()),
});

const job = z.object({
  name: z.string(),
  /** Newest first. */
  builds: z.array(
    z.object({ number: z.number(), result: z.string().optional() }),
  ),
});

const baseImage = z.object({ image: z.string(), digest: z.string() });

const executionStage = z.object({
  id: z.string(),
  refId: z.string(),
  name: z.string(),
  type: z.string(),
  status: z.string(),
});

const execution = z.object({
  id: z.string(),
  application: z.string(),
  name: z.string(),
  status: z.string(),
  user: z.string().optional(),
  stages: z.array(executionStage),
});

const pipeline = z.object({ application: z.string(), name: z.string() });

const workload = z.object({
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
  ready: z.number(),
  desired: z.number(),
  images: z.array(z.string()),
});

/** What the page reads from the simulator's `GET /control/state`. */
export const simulatorStateSchema = z.object({
  now: z.string(),
  offsetMs: z.number(),
  vendors: z.array(vendor),
  services: z.array(service),
  jenkins: z.object({
    jobs: z.array(job),
    baseImages: z.array(baseImage),
  }),
  spinnaker: z.object({
    fault: z.string(),
    pipelines: z.array(pipeline),
    executions: z.array(execution),
  }),
  workloads: z.array(workload),
  journal: z.array(
    z.object({ at: z.string(), where: z.string(), text: z.string() }),
  ),
});

/** How the simulated world is. */
export type SimulatorState = z.infer<typeof simulatorStateSchema>;
/** How a vendor can be met. */
export type Condition = z.infer<typeof condition>;
/** One simulated vendor. */
export type Vendor = z.infer<typeof vendor>;
/** One Spinnaker execution with its Spinnaker stages. */
export type SpinnakerExecution = z.infer<typeof execution>;
