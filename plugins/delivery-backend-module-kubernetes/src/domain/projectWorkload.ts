// SPDX-License-Identifier: Apache-2.0
import type { ImageReference } from './parseImage';
import type { Labels } from './parseSelector';
import { controllerOf, specImages, type ObjectIdentity } from './projectPod';
import { countOf, fieldOf, isJsonObject, listOf, textOf } from './readJson';
import type { ProjectionPool } from './ProjectionPool';
import type { WatchedKind } from './WatchedKind';

/** A condition that a controller wrote, as far as it is looked at. */
export interface WorkloadCondition {
  status: string;
  reason: string;
  message: string;
}

/** What is kept of a Deployment, ReplicaSet, StatefulSet or DaemonSet. */
export interface ProjectedWorkload extends ObjectIdentity {
  kind: Exclude<WatchedKind, 'Pod' | 'HelmRelease'>;
  /** What controls it: a Deployment its ReplicaSet, an operator a StatefulSet. */
  owner?: { kind: string; uid: string };
  /** Needed to find the Workloads of a service; they never leave this process. */
  labels: Labels;
  /** Whether its controller has seen the present specification. */
  observed: boolean;
  paused: boolean;
  desired: number;
  /** How many Pods there are, of any revision. */
  replicas: number;
  updated: number;
  ready: number;
  available: number;
  images: readonly ImageReference[];
  conditions: { readonly [type: string]: WorkloadCondition };
}

const CONDITIONS = new Set(['Available', 'Progressing', 'ReplicaFailure']);

/** Takes from a Workload what is kept of it. */
export function projectWorkload(options: {
  kind: ProjectedWorkload['kind'];
  identity: ObjectIdentity;
  object: unknown;
  pool: ProjectionPool;
}): ProjectedWorkload {
  const { kind, identity, object, pool } = options;
  const metadata = fieldOf(object, 'metadata');
  const spec = fieldOf(object, 'spec');
  const status = fieldOf(object, 'status');
  const owner = controllerOf(object, pool);
  const template = fieldOf(spec, 'template');
  return {
    kind,
    ...identity,
    ...(owner === undefined ? {} : { owner }),
    labels: labelsOf(metadata, pool),
    observed:
      countOf(status, 'observedGeneration') >= countOf(metadata, 'generation'),
    paused: fieldOf(spec, 'paused') === true,
    ...countsOf(kind, spec, status),
    images: specImages(fieldOf(template, 'spec'), pool),
    conditions: conditionsOf(status, pool),
  };
}

type Counts = Pick<
  ProjectedWorkload,
  'desired' | 'replicas' | 'updated' | 'ready' | 'available'
>;

function countsOf(
  kind: ProjectedWorkload['kind'],
  spec: unknown,
  status: unknown,
): Counts {
  if (kind === 'DaemonSet') {
    return {
      desired: countOf(status, 'desiredNumberScheduled'),
      replicas: countOf(status, 'currentNumberScheduled'),
      updated: countOf(status, 'updatedNumberScheduled'),
      ready: countOf(status, 'numberReady'),
      available: countOf(status, 'numberAvailable'),
    };
  }
  const replicas = countOf(status, 'replicas');
  return {
    desired:
      fieldOf(spec, 'replicas') === undefined ? 1 : countOf(spec, 'replicas'),
    replicas,
    updated:
      kind === 'ReplicaSet' ? replicas : countOf(status, 'updatedReplicas'),
    ready: countOf(status, 'readyReplicas'),
    available: countOf(status, 'availableReplicas'),
  };
}

function labelsOf(metadata: unknown, pool: ProjectionPool): Labels {
  const labels = fieldOf(metadata, 'labels');
  if (!isJsonObject(labels)) {
    return {};
  }
  const entries = Object.entries(labels)
    .slice(0, 64)
    .flatMap(([key, value]) =>
      typeof value === 'string' && key.length <= 317
        ? [[pool.intern(key), pool.intern(value.slice(0, 63))]]
        : [],
    );
  return Object.fromEntries(entries);
}

function conditionsOf(
  status: unknown,
  pool: ProjectionPool,
): ProjectedWorkload['conditions'] {
  const entries = listOf(status, 'conditions', 20).flatMap(condition => {
    const type = textOf(condition, 'type', 60);
    return type !== undefined && CONDITIONS.has(type)
      ? [
          [
            type,
            {
              status: pool.intern(textOf(condition, 'status', 10) ?? 'Unknown'),
              reason: pool.intern(textOf(condition, 'reason', 80) ?? ''),
              message: textOf(condition, 'message', 500) ?? '',
            },
          ],
        ]
      : [];
  });
  return Object.fromEntries(entries);
}
