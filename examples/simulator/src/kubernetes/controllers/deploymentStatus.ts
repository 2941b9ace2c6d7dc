// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import { withoutZeros } from './withoutZeros';

const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastUpdateTime: z.string(),
  lastTransitionTime: z.string(),
});

type Condition = z.infer<typeof conditionSchema>;
type Wanted = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** What a Deployment's status is made from. */
export interface DeploymentFacts {
  deployment: KubernetesObject;
  desired: number;
  maxUnavailable: number;
  paused: boolean;
  /** Pods of all its ReplicaSets, and how many they were told to keep. */
  replicas: number;
  wanted: number;
  updated: number;
  ready: number;
  available: number;
  newReplicaSet?: { name: string; isNew: 'created' | 'found' | 'known' };
  /** Why a ReplicaSet cannot make its Pods. */
  refusal?: string;
  /** Whether the rollout stood still longer than it may. */
  deadlineExceeded: boolean;
  now: string;
}

/** Whether a Deployment is entirely what it is to be. */
export function isRolledOut(facts: DeploymentFacts): boolean {
  return (
    facts.updated === facts.desired &&
    facts.replicas === facts.desired &&
    facts.available === facts.desired
  );
}

/** Whether a rollout has moved on from a status. */
export function hasMoved(facts: DeploymentFacts): boolean {
  const before = isJsonObject(facts.deployment.status)
    ? facts.deployment.status
    : {};
  const count = (field: string) => Number(before[field] ?? 0);
  return (
    facts.updated > count('updatedReplicas') ||
    facts.replicas - facts.updated <
      count('replicas') - count('updatedReplicas') ||
    facts.ready > count('readyReplicas') ||
    facts.available > count('availableReplicas')
  );
}

/** Whether the rollout of the present revision was already finished once. */
export function wasRolledOut(deployment: KubernetesObject): boolean {
  return conditionsOf(deployment).some(
    each =>
      each.type === 'Progressing' && each.reason === 'NewReplicaSetAvailable',
  );
}

/** The status of a Deployment, with its conditions. */
export function deploymentStatus(facts: DeploymentFacts): JsonObject {
  const wanted = [available(facts), refusal(facts), progressing(facts)];
  return withoutZeros({
    observedGeneration: facts.deployment.metadata.generation,
    replicas: facts.replicas,
    updatedReplicas: facts.updated,
    readyReplicas: facts.ready,
    availableReplicas: facts.available,
    unavailableReplicas: Math.max(facts.wanted - facts.available, 0),
    conditions: wanted.flatMap(condition =>
      condition ? [withTimes(condition, facts)] : [],
    ),
  });
}

function available(facts: DeploymentFacts): Wanted {
  return facts.available >= facts.desired - facts.maxUnavailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

function refusal(facts: DeploymentFacts): Wanted | undefined {
  return facts.refusal
    ? {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: facts.refusal,
      }
    : undefined;
}

function progressing(facts: DeploymentFacts): Wanted | undefined {
  const type = 'Progressing';
  const before = conditionsOf(facts.deployment).find(
    each => each.type === type,
  );
  if (facts.paused) {
    return {
      type,
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
    };
  }
  if (!facts.newReplicaSet) {
    return before;
  }
  const { name, isNew } = facts.newReplicaSet;
  if (isNew === 'created') {
    return {
      type,
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${name}"`,
    };
  }
  if (isNew === 'found') {
    return {
      type,
      status: 'True',
      reason: 'FoundNewReplicaSet',
      message: `Found new replica set "${name}"`,
    };
  }
  if (isRolledOut(facts)) {
    return {
      type,
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${name}" has successfully progressed.`,
    };
  }
  if (facts.deadlineExceeded) {
    return {
      type,
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${name}" has timed out progressing.`,
    };
  }
  const resumed = before?.reason === 'DeploymentPaused';
  const finished = before?.reason === 'NewReplicaSetAvailable';
  if (before && !resumed && (finished || !hasMoved(facts))) {
    return before;
  }
  return {
    type,
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `ReplicaSet "${name}" is progressing.`,
  };
}

function withTimes(condition: Wanted, facts: DeploymentFacts): Condition {
  const before = conditionsOf(facts.deployment).find(
    each => each.type === condition.type,
  );
  const same =
    before?.status === condition.status &&
    before.reason === condition.reason &&
    before.message === condition.message &&
    !(condition.type === 'Progressing' && hasMoved(facts));
  return {
    type: condition.type,
    status: condition.status,
    reason: condition.reason,
    message: condition.message,
    lastUpdateTime: same ? before.lastUpdateTime : facts.now,
    lastTransitionTime:
      before?.status === condition.status
        ? before.lastTransitionTime
        : facts.now,
  };
}

function conditionsOf(deployment: KubernetesObject): Condition[] {
  const status = isJsonObject(deployment.status) ? deployment.status : {};
  return z.array(conditionSchema).default([]).parse(status.conditions);
}
