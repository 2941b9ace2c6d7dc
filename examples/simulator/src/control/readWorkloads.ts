// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { KubernetesVendor } from '../vendors/kubernetesVendor';

/** One Workload in the simulated cluster. */
export interface WorkloadState {
  namespace: string;
  kind: string;
  name: string;
  ready: number;
  desired: number;
  images: string[];
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];

const workloadSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    replicas: z.number().optional(),
    template: z.object({
      spec: z.object({
        containers: z.array(z.object({ image: z.string() })),
      }),
    }),
  }),
  status: z
    .object({
      readyReplicas: z.number().optional(),
      numberReady: z.number().optional(),
      desiredNumberScheduled: z.number().optional(),
    })
    .default({}),
});

/** Every Workload of the cluster, or of one namespace. */
export function readWorkloads(
  cluster: KubernetesVendor,
  namespace?: string,
): WorkloadState[] {
  const { store, kinds } = cluster;
  return KINDS.flatMap(kind => store.list(kinds.get(kind), namespace)).map(
    object => {
      const { kind, metadata, spec, status } = workloadSchema.parse(object);
      return {
        ...metadata,
        kind,
        ready: status.readyReplicas ?? status.numberReady ?? 0,
        desired: spec.replicas ?? status.desiredNumberScheduled ?? 1,
        images: spec.template.spec.containers.map(({ image }) => image),
      };
    },
  );
}
