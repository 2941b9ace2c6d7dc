// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { KubernetesApi } from '../api/KubernetesApi';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import type { ObjectKey } from '../store/ObjectStore';

const scaleSchema = z.object({
  spec: z
    .object({ replicas: z.number().int().min(0).default(0) })
    .default({ replicas: 0 }),
});

/** The `scale` subresource of a workload. */
export function scaleOf(object: KubernetesObject): JsonObject {
  const spec = isJsonObject(object.spec) ? object.spec : {};
  const status = isJsonObject(object.status) ? object.status : {};
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 1 },
    status: { replicas: status.replicas ?? 0 },
  };
}

/** Changes how many replicas a workload wants, through its `scale` subresource. */
export function changeScale(
  api: KubernetesApi,
  request: {
    key: ObjectKey;
    dryRun: boolean;
    change(scale: JsonObject): JsonObject;
  },
): JsonObject {
  const object = api.change({
    key: request.key,
    dryRun: request.dryRun,
    change: current => {
      const { spec } = scaleSchema.parse(request.change(scaleOf(current)));
      const before = isJsonObject(current.spec) ? current.spec : {};
      return { ...current, spec: { ...before, replicas: spec.replicas } };
    },
  });
  return scaleOf(object);
}
