// SPDX-License-Identifier: Apache-2.0
import { formatTime } from '../model/formatTime';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import { isPodActive, isPodReady, nodeOf } from '../model/podState';
import { replicaSetSpecSchema } from '../model/workloads';
import { matchesLabels } from '../selectors/matchesLabels';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import { affectedWorkloads } from './affectedWorkloads';
import type { Controller, ControllerContext } from './Controller';
import { createPod } from './createPod';
import { deletePod } from './deletePod';
import { withoutZeros } from './withoutZeros';

const COMPONENT = 'replicaset-controller';

/** Keeps as many Pods as a ReplicaSet wants. */
export class ReplicaSetController implements Controller {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy(event: StoreEvent): ObjectKey[] {
    return affectedWorkloads(this.#context.kinds.get('ReplicaSet'), event);
  }

  reconcile(key: ObjectKey): void {
    const { store, timers, timing, enqueue } = this.#context;
    const set = key.kind.kind === 'ReplicaSet' ? store.find(key) : undefined;
    if (!set || set.metadata.deletionTimestamp !== undefined) {
      return;
    }
    const refusal = this.#scale(set);
    this.#writeStatus(key, set, refusal);
    if (refusal) {
      timers.after(`replicaset ${set.metadata.uid}`, timing.retryAfterMs, () =>
        enqueue(key),
      );
    }
  }

  #scale(set: KubernetesObject): string | undefined {
    const { owned, kinds } = this.#context;
    const spec = replicaSetSpecSchema.parse(set.spec);
    const pods = owned.controlledBy(set, kinds.get('Pod')).filter(isPodActive);
    for (let missing = spec.replicas - pods.length; missing > 0; missing -= 1) {
      const result = createPod(this.#context, {
        owner: set,
        template: spec.template,
        component: COMPONENT,
      });
      if (result.kind === 'refused') {
        return result.message;
      }
    }
    const surplus = Math.max(pods.length - spec.replicas, 0);
    for (const pod of leastUsefulFirst(pods).slice(0, surplus)) {
      deletePod(this.#context, { owner: set, pod, component: COMPONENT });
    }
    return undefined;
  }

  #writeStatus(key: ObjectKey, set: KubernetesObject, refusal?: string): void {
    const { store, owned, kinds, clock } = this.#context;
    const spec = replicaSetSpecSchema.parse(set.spec);
    const pods = owned.controlledBy(set, kinds.get('Pod')).filter(isPodActive);
    const ready = pods.filter(isPodReady).length;
    const now = formatTime(clock.now());
    store.replace(key, live => ({
      ...live,
      status: {
        replicas: pods.length,
        ...withoutZeros({
          fullyLabeledReplicas: pods.filter(pod =>
            matchesLabels(
              { matchLabels: spec.template.metadata?.labels },
              pod.metadata.labels,
            ),
          ).length,
          readyReplicas: ready,
          availableReplicas: ready,
          observedGeneration: live.metadata.generation,
          conditions: refusal
            ? [
                {
                  type: 'ReplicaFailure',
                  status: 'True',
                  reason: 'FailedCreate',
                  message: refusal,
                  lastTransitionTime: failingSince(live) ?? now,
                },
              ]
            : [],
        }),
      },
    }));
  }
}

function failingSince(set: KubernetesObject): string | undefined {
  const status = isJsonObject(set.status) ? set.status : {};
  const [condition] = Array.isArray(status.conditions) ? status.conditions : [];
  return isJsonObject(condition)
    ? String(condition.lastTransitionTime)
    : undefined;
}

function leastUsefulFirst(pods: KubernetesObject[]): KubernetesObject[] {
  const rank = (pod: KubernetesObject) =>
    (nodeOf(pod) === undefined ? 0 : 1) + (isPodReady(pod) ? 2 : 0);
  return [...pods].reverse().sort((a, b) => rank(a) - rank(b));
}
