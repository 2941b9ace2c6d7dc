// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import type { ContainerStatus } from '../model/podState';

/** A condition as it is to be now, without its times. */
export interface WantedCondition {
  type: string;
  status: 'True' | 'False';
  reason?: string;
  message?: string;
}

/**
 * The status of a Pod with these containers.
 *
 * @remarks
 * The phase follows from the containers as on a real node: Pending until each was started
 * once, then Running, and Succeeded or Failed when none will run again.
 */
export function podStatusWith(
  pod: KubernetesObject,
  containers: ContainerStatus[],
  now: string,
): JsonObject {
  const status = isJsonObject(pod.status) ? pod.status : {};
  const phase = phaseOf(containers);
  const done = phase === 'Succeeded' || phase === 'Failed';
  const unready = containers.filter(each => !each.ready).map(each => each.name);
  const ready: Omit<WantedCondition, 'type'> =
    unready.length === 0
      ? { status: 'True' }
      : {
          status: 'False',
          reason: done ? 'PodCompleted' : 'ContainersNotReady',
          ...(done
            ? {}
            : {
                message: `containers with unready status: [${unready.join(
                  ' ',
                )}]`,
              }),
        };
  return {
    ...status,
    phase,
    conditions: withConditions(
      status,
      [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Initialized', status: 'True' },
        { type: 'ContainersReady', ...ready },
        { type: 'Ready', ...ready },
      ],
      now,
    ),
    containerStatuses: containers,
  };
}

/** The conditions of a Pod with the given ones set; a time moves only when a status does. */
export function withConditions(
  status: JsonObject,
  wanted: WantedCondition[],
  now: string,
): JsonObject[] {
  const present = Array.isArray(status.conditions)
    ? status.conditions.filter(isJsonObject)
    : [];
  const types = new Set(wanted.map(each => each.type));
  return [
    ...present.filter(each => !types.has(String(each.type))),
    ...wanted.map(condition => {
      const before = present.find(each => each.type === condition.type);
      const kept = before?.status === condition.status;
      return {
        ...condition,
        lastProbeTime: null,
        lastTransitionTime: kept ? before.lastTransitionTime : now,
      };
    }),
  ];
}

function phaseOf(containers: ContainerStatus[]): string {
  const ended = containers.filter(each => each.state.terminated);
  if (containers.length > 0 && ended.length === containers.length) {
    const good = ended.every(each => each.state.terminated?.exitCode === 0);
    return good ? 'Succeeded' : 'Failed';
  }
  const pending = containers.some(
    each => each.state.waiting && each.restartCount === 0,
  );
  return pending ? 'Pending' : 'Running';
}
