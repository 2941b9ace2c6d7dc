// SPDX-License-Identifier: Apache-2.0
import type { Health } from 'backstage-plugin-delivery-common';
import type { ProjectedPod } from './projectPod';
import type { ProjectedWorkload } from './projectWorkload';

/** The health of one Workload and what its controller or its Pods say. */
export interface Assessment {
  health: Extract<Health, 'healthy' | 'progressing' | 'unhealthy'>;
  message?: string;
}

/** What a Workload's health follows from. */
export interface AssessmentFacts {
  workload: ProjectedWorkload;
  /** Its Pods that are not on their way out. */
  pods: readonly ProjectedPod[];
  /** How long not all of its Pods have been available, in milliseconds; undefined when they are. */
  lackingForMs: number | undefined;
}

/** A Workload that was complete and has lost every Pod may be like that for so long. */
export const ALL_LOST_AFTER_MS = 60_000;

/** A Workload without a deadline of its own may lack Pods for so long. */
export const STUCK_AFTER_MS = 600_000;

const FAILING = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'InvalidImageName',
  'ImageInspectError',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/**
 * Says how a Workload is.
 *
 * @remarks
 * What is still being rolled out is progressing, not failed. It is unhealthy once its
 * controller gave up or cannot make Pods, or a Pod says that it cannot run, in their own
 * words. One failed pull is no failure yet; backing off after it is.
 */
export function assessWorkload(facts: AssessmentFacts): Assessment {
  const { workload, pods } = facts;
  const failing = pods.find(
    pod => pod.waiting && FAILING.has(pod.waiting.reason),
  );
  const waiting = failing ?? pods.find(pod => pod.waiting);
  const { Progressing, ReplicaFailure, Available } = workload.conditions;
  const gaveUp =
    Progressing?.status === 'False' ? Progressing.message : undefined;
  const refused =
    ReplicaFailure?.status === 'True' ? ReplicaFailure.message : undefined;

  if (!workload.observed) {
    return {
      health: 'progressing',
      message: 'Its controller has not seen the change yet',
    };
  }
  if (failing || gaveUp !== undefined || refused !== undefined) {
    return withMessage('unhealthy', [gaveUp, refused, sayWaiting(waiting)]);
  }
  const left = sayProgress(workload);
  if (left === undefined) {
    return { health: 'healthy' };
  }
  const finished = Progressing?.reason === 'NewReplicaSetAvailable';
  const limit =
    finished && workload.available === 0 ? ALL_LOST_AFTER_MS : STUCK_AFTER_MS;
  if (facts.lackingForMs !== undefined && facts.lackingForMs >= limit) {
    const said = Available?.status === 'False' ? Available.message : undefined;
    return withMessage('unhealthy', [said, left, sayWaiting(waiting)]);
  }
  return withMessage('progressing', [left, sayWaiting(waiting)]);
}

function sayProgress(workload: ProjectedWorkload): string | undefined {
  const { desired, updated, replicas, available, paused } = workload;
  if (paused && updated < desired) {
    return `Paused with ${updated} of ${desired} pods updated`;
  }
  if (updated < desired) {
    return `${updated} of ${desired} pods updated`;
  }
  if (replicas > updated) {
    return `${replicas - updated} old pods still to end`;
  }
  return available < desired
    ? `${available} of ${desired} pods available`
    : undefined;
}

function sayWaiting(pod: ProjectedPod | undefined): string | undefined {
  if (!pod?.waiting) {
    return undefined;
  }
  const { reason, message } = pod.waiting;
  return message === undefined
    ? `${pod.name}: ${reason}`
    : `${pod.name}: ${reason}: ${message}`;
}

function withMessage(
  health: Assessment['health'],
  parts: (string | undefined)[],
): Assessment {
  const message = parts
    .filter(part => part)
    .join(' · ')
    .slice(0, 600);
  return message === '' ? { health } : { health, message };
}
