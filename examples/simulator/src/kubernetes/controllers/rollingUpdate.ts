// SPDX-License-Identifier: Apache-2.0
import type { DeploymentSpec } from '../model/workloads';

/** One ReplicaSet of a Deployment, in numbers. */
export interface ReplicaSetCount {
  /** How many Pods it was told to keep. */
  wanted: number;
  /** How many of them serve. */
  available: number;
}

/** How far a rolling update may leave the wanted number of Pods. */
export interface RolloutBounds {
  maxSurge: number;
  maxUnavailable: number;
}

/** The bounds of a Deployment: a percentage of surge is rounded up, of unavailability down. */
export function rolloutBounds(spec: DeploymentSpec): RolloutBounds {
  const rolling = spec.strategy?.rollingUpdate;
  const maxSurge = resolve(
    rolling?.maxSurge ?? '25%',
    spec.replicas,
    Math.ceil,
  );
  const maxUnavailable = resolve(
    rolling?.maxUnavailable ?? '25%',
    spec.replicas,
    Math.floor,
  );
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge: 0, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable };
}

/** How many Pods the new ReplicaSet is to keep now. */
export function newReplicaSetSize(options: {
  desired: number;
  bounds: RolloutBounds;
  current: ReplicaSetCount;
  old: ReplicaSetCount[];
}): number {
  const { desired, bounds, current, old } = options;
  if (current.wanted >= desired) {
    return desired;
  }
  const total = current.wanted + sum(old, each => each.wanted);
  const room = Math.max(desired + bounds.maxSurge - total, 0);
  return current.wanted + Math.min(room, desired - current.wanted);
}

/**
 * How many Pods each old ReplicaSet is to keep now, oldest first.
 *
 * @remarks
 * Pods that do not serve go first and cost nothing; those that do go only while enough others
 * serve. So a new revision that never becomes ready leaves the old one standing.
 */
export function oldReplicaSetSizes(options: {
  desired: number;
  bounds: RolloutBounds;
  current: ReplicaSetCount;
  old: ReplicaSetCount[];
}): number[] {
  const { desired, bounds, current, old } = options;
  const sizes = old.map(each => each.wanted);
  const minAvailable = desired - bounds.maxUnavailable;
  const total = current.wanted + sum(old, each => each.wanted);
  let removable =
    total - minAvailable - Math.max(current.wanted - current.available, 0);
  old.forEach((each, index) => {
    const idle = Math.max(each.wanted - each.available, 0);
    const count = Math.max(Math.min(idle, removable), 0);
    sizes[index] -= count;
    removable -= count;
  });
  let spare =
    current.available + sum(old, each => each.available) - minAvailable;
  old.forEach((_, index) => {
    const count = Math.max(Math.min(sizes[index], spare, removable), 0);
    sizes[index] -= count;
    spare -= count;
    removable -= count;
  });
  return sizes;
}

function resolve(
  value: number | string,
  replicas: number,
  round: (value: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((Number(value.replace('%', '')) * replicas) / 100);
}

function sum<T>(list: T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0);
}
