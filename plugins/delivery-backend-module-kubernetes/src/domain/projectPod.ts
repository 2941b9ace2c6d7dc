// SPDX-License-Identifier: Apache-2.0
import { parseImage, runningImage, type ImageReference } from './parseImage';
import { countOf, fieldOf, listOf, textOf } from './readJson';
import type { ProjectionPool } from './ProjectionPool';

/** What identifies an object in a cluster. */
export interface ObjectIdentity {
  uid: string;
  name: string;
  namespace: string;
}

/** Why a container of a Pod does not run. */
export interface WaitingContainer {
  /** The machine-readable word, for example `ImagePullBackOff` or `Unschedulable`. */
  reason: string;
  message?: string;
}

/** What is kept of a Pod. */
export interface ProjectedPod extends ObjectIdentity {
  kind: 'Pod';
  /** The identity of what controls it. */
  owner?: string;
  phase: string;
  ready: boolean;
  /** Whether it is on its way out. */
  terminating: boolean;
  restarts: number;
  images: readonly ImageReference[];
  waiting?: WaitingContainer;
}

const MESSAGE_LENGTH = 400;

/** Takes from a Pod what is kept of it. */
export function projectPod(
  identity: ObjectIdentity,
  pod: unknown,
  pool: ProjectionPool,
): ProjectedPod {
  const status = fieldOf(pod, 'status');
  const owner = controllerOf(pod, pool)?.uid;
  const waiting = waitingOf(status, pool);
  const statuses = listOf(status, 'containerStatuses', 20);
  return {
    kind: 'Pod',
    ...identity,
    ...(owner === undefined ? {} : { owner }),
    phase: pool.intern(textOf(status, 'phase', 30) ?? 'Unknown'),
    ready: listOf(status, 'conditions').some(
      condition =>
        textOf(condition, 'type') === 'Ready' &&
        textOf(condition, 'status') === 'True',
    ),
    terminating:
      textOf(fieldOf(pod, 'metadata'), 'deletionTimestamp') !== undefined,
    restarts: statuses.reduce<number>(
      (sum, each) => sum + countOf(each, 'restartCount'),
      0,
    ),
    images: imagesOf(fieldOf(pod, 'spec'), statuses, pool),
    ...(waiting === undefined ? {} : { waiting }),
  };
}

/** The images that a Pod spec names, without what any node says. */
export function specImages(
  spec: unknown,
  pool: ProjectionPool,
): readonly ImageReference[] {
  const images = listOf(spec, 'containers', 20).flatMap(container => {
    const image = textOf(container, 'image', 600);
    return image === undefined ? [] : [parseImage(image)];
  });
  return pool.internImages(images);
}

/** What controls an object: its kind and its identity. */
export function controllerOf(
  object: unknown,
  pool: ProjectionPool,
): { kind: string; uid: string } | undefined {
  const owners = listOf(fieldOf(object, 'metadata'), 'ownerReferences', 10);
  const controller = owners.find(each => fieldOf(each, 'controller') === true);
  const uid = textOf(controller, 'uid', 64);
  const kind = textOf(controller, 'kind', 63) ?? '';
  return uid === undefined
    ? undefined
    : { kind: pool.intern(kind), uid: pool.intern(uid) };
}

function imagesOf(
  spec: unknown,
  statuses: unknown[],
  pool: ProjectionPool,
): readonly ImageReference[] {
  const imageIds = new Map(
    statuses.map(each => [textOf(each, 'name'), textOf(each, 'imageID', 600)]),
  );
  const images = listOf(spec, 'containers', 20).flatMap(container => {
    const specImage = textOf(container, 'image', 600);
    const imageId = imageIds.get(textOf(container, 'name'));
    return specImage === undefined
      ? []
      : [runningImage({ specImage, imageId })];
  });
  return pool.internImages(images);
}

function waitingOf(
  status: unknown,
  pool: ProjectionPool,
): WaitingContainer | undefined {
  const containers = [
    ...listOf(status, 'initContainerStatuses', 20),
    ...listOf(status, 'containerStatuses', 20),
  ];
  for (const container of containers) {
    const waiting = fieldOf(fieldOf(container, 'state'), 'waiting');
    const reason = textOf(waiting, 'reason', 60);
    if (reason !== undefined && reason !== 'ContainerCreating') {
      return waitingFor(
        reason,
        textOf(waiting, 'message', MESSAGE_LENGTH),
        pool,
      );
    }
  }
  const unscheduled = listOf(status, 'conditions').find(
    condition =>
      textOf(condition, 'type') === 'PodScheduled' &&
      textOf(condition, 'reason') === 'Unschedulable',
  );
  return unscheduled === undefined
    ? undefined
    : waitingFor(
        'Unschedulable',
        textOf(unscheduled, 'message', MESSAGE_LENGTH),
        pool,
      );
}

function waitingFor(
  reason: string,
  message: string | undefined,
  pool: ProjectionPool,
): WaitingContainer {
  return {
    reason: pool.intern(reason),
    ...(message === undefined ? {} : { message }),
  };
}
