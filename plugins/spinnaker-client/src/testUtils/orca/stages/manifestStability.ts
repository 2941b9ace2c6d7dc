// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json, JsonMap } from '../../model/Json';

/** Whether a rollout is done, goes on, or has failed for good. */
export type ManifestStability =
  | { kind: 'stable' }
  | { kind: 'waiting' }
  | { kind: 'failed'; reason: string };

/** Reads a rollout's state from the object's status, as Clouddriver does. */
export function manifestStability(manifest: JsonMap): ManifestStability {
  switch (manifest.kind) {
    case 'Deployment':
      return deployment(manifest);
    case 'StatefulSet':
    case 'ReplicaSet':
      return counted(manifest, 'readyReplicas');
    case 'DaemonSet':
      return daemonSet(manifest);
    default:
      return { kind: 'stable' };
  }
}

function deployment(manifest: JsonMap): ManifestStability {
  const status = map(manifest.status);
  const conditions = Array.isArray(status.conditions)
    ? status.conditions.filter(isJsonMap)
    : [];
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return {
      kind: 'failed',
      reason: 'Deployment exceeded its progress deadline',
    };
  }
  if (!observed(manifest)) {
    return { kind: 'waiting' };
  }
  const desired = Number(map(manifest.spec).replicas ?? 1);
  const enough = [
    'updatedReplicas',
    'availableReplicas',
    'readyReplicas',
  ].every(key => Number(status[key] ?? 0) >= desired);
  const old =
    Number(status.replicas ?? 0) > Number(status.updatedReplicas ?? 0);
  return { kind: enough && !old ? 'stable' : 'waiting' };
}

function counted(manifest: JsonMap, key: string): ManifestStability {
  const desired = Number(map(manifest.spec).replicas ?? 1);
  const status = map(manifest.status);
  return {
    kind:
      observed(manifest) && Number(status[key] ?? 0) >= desired
        ? 'stable'
        : 'waiting',
  };
}

function daemonSet(manifest: JsonMap): ManifestStability {
  const status = map(manifest.status);
  const desired = Number(status.desiredNumberScheduled ?? 0);
  return {
    kind:
      observed(manifest) && Number(status.numberReady ?? 0) >= desired
        ? 'stable'
        : 'waiting',
  };
}

function observed(manifest: JsonMap): boolean {
  const generation = Number(map(manifest.metadata).generation ?? 0);
  return Number(map(manifest.status).observedGeneration ?? 0) >= generation;
}

function map(value: Json | undefined): JsonMap {
  return isJsonMap(value) ? value : {};
}
