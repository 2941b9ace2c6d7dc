// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { jsonValue } from './jsonValue';
import { isJsonObject, type KubernetesObject } from './KubernetesObject';

/** The `status` of a container, as far as the cluster itself looks at it. */
export const containerStatusSchema = z
  .object({
    name: z.string(),
    ready: z.boolean(),
    restartCount: z.number(),
    state: z
      .object({
        waiting: z
          .object({ reason: z.string(), message: z.string().optional() })
          .optional(),
        running: z.object({ startedAt: z.string() }).optional(),
        terminated: z
          .object({ exitCode: z.number(), reason: z.string() })
          .catchall(jsonValue)
          .optional(),
      })
      .catchall(jsonValue),
  })
  .catchall(jsonValue);

/** The `status` of a container, as far as the cluster itself looks at it. */
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

/** The container statuses of a Pod; empty before it was started. */
export function containerStatusesOf(pod: KubernetesObject): ContainerStatus[] {
  const status = isJsonObject(pod.status) ? pod.status : {};
  return z
    .array(containerStatusSchema)
    .default([])
    .parse(status.containerStatuses);
}

/** Whether a Pod is ready to serve. */
export function isPodReady(pod: KubernetesObject): boolean {
  const status = isJsonObject(pod.status) ? pod.status : {};
  const conditions = Array.isArray(status.conditions) ? status.conditions : [];
  return conditions.some(
    condition =>
      isJsonObject(condition) &&
      condition.type === 'Ready' &&
      condition.status === 'True',
  );
}

/** Whether a Pod counts for its owner: not ended and not on its way out. */
export function isPodActive(pod: KubernetesObject): boolean {
  const phase = podPhase(pod);
  return (
    pod.metadata.deletionTimestamp === undefined &&
    phase !== 'Succeeded' &&
    phase !== 'Failed'
  );
}

/** The phase of a Pod. */
export function podPhase(pod: KubernetesObject): string {
  return isJsonObject(pod.status) ? String(pod.status.phase ?? '') : '';
}

/** The node a Pod runs on; undefined before it was scheduled. */
export function nodeOf(pod: KubernetesObject): string | undefined {
  const node = isJsonObject(pod.spec) ? pod.spec.nodeName : undefined;
  return typeof node === 'string' ? node : undefined;
}
