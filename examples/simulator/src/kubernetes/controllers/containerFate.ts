// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { Container } from '../model/workloads';
import type { RolloutFailure } from './RolloutFaults';

/** What will become of a container once it is started. */
export type ContainerFate =
  | { kind: 'runs' }
  | { kind: 'completes'; exitCode: number }
  | { kind: 'crashes'; message: string }
  | { kind: 'image-missing'; message: string }
  | { kind: 'config-missing'; message: string };

const PULLS_NEVER = /^[^/]+\.invalid(:\d+)?\//;
const FALSE = new Set(['false', '/bin/false', '/usr/bin/false']);

/**
 * Says what will become of a container.
 *
 * @remarks
 * Beside the failures that were asked for, an image of a host ending in `.invalid` can never
 * be pulled, and a container whose command is `false` ends with 1, as both would anywhere.
 */
export function containerFate(options: {
  pod: KubernetesObject;
  container: Container;
  failure: RolloutFailure | undefined;
  /** Whether a ConfigMap or Secret of that name is in the Pod's namespace. */
  configExists(kind: 'ConfigMap' | 'Secret', name: string): boolean;
}): ContainerFate {
  const { pod, container, failure } = options;
  const missing = missingConfig(container, options.configExists);
  if (missing) {
    return { kind: 'config-missing', message: missing };
  }
  if (failure?.kind === 'image-pull' || PULLS_NEVER.test(container.image)) {
    return {
      kind: 'image-missing',
      message:
        failure?.message ??
        `failed to pull and unpack image "${container.image}": failed to resolve reference "${container.image}": ${container.image}: not found`,
    };
  }
  const restarts =
    pod.metadata.ownerReferences?.some(each => each.kind === 'Job') !== true;
  const fails =
    failure?.kind === 'crash-loop' || FALSE.has(container.command?.[0] ?? '');
  if (!restarts) {
    return { kind: 'completes', exitCode: fails ? 1 : 0 };
  }
  return fails
    ? { kind: 'crashes', message: failure?.message ?? '' }
    : { kind: 'runs' };
}

function missingConfig(
  container: Container,
  exists: (kind: 'ConfigMap' | 'Secret', name: string) => boolean,
): string | undefined {
  const wanted = [
    ...(container.envFrom ?? []).map(({ configMapRef, secretRef }) => ({
      configMap: configMapRef,
      secret: secretRef,
    })),
    ...(container.env ?? []).map(({ valueFrom }) => ({
      configMap: valueFrom?.configMapKeyRef,
      secret: valueFrom?.secretKeyRef,
    })),
  ];
  for (const { configMap, secret } of wanted) {
    if (
      configMap &&
      !configMap.optional &&
      !exists('ConfigMap', configMap.name)
    ) {
      return `configmap "${configMap.name}" not found`;
    }
    if (secret && !secret.optional && !exists('Secret', secret.name)) {
      return `secret "${secret.name}" not found`;
    }
  }
  return undefined;
}
