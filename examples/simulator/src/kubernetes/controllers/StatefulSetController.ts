// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import { hashSuffix } from '../model/nameSuffix';
import { isPodActive, isPodReady } from '../model/podState';
import { stableJson } from '../model/stableJson';
import { statefulSetSpecSchema } from '../model/workloads';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import { affectedWorkloads } from './affectedWorkloads';
import type { Controller, ControllerContext } from './Controller';
import { createPod } from './createPod';
import { deletePod } from './deletePod';
import { withoutZeros } from './withoutZeros';

const COMPONENT = 'statefulset-controller';
const HASH = 'controller-revision-hash';

/** Keeps the numbered Pods of a StatefulSet, one after the other. */
export class StatefulSetController implements Controller {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy(event: StoreEvent): ObjectKey[] {
    return affectedWorkloads(this.#context.kinds.get('StatefulSet'), event);
  }

  reconcile(key: ObjectKey): void {
    const { store, faults } = this.#context;
    const set = key.kind.kind === 'StatefulSet' ? store.find(key) : undefined;
    if (!set || set.metadata.deletionTimestamp !== undefined) {
      return;
    }
    const spec = statefulSetSpecSchema.parse(set.spec);
    const { name, namespace = '' } = set.metadata;
    const hash = hashSuffix(stableJson(spec.template));
    const revision = `${name}-${hash}`;
    const status = isJsonObject(set.status) ? set.status : {};
    if (status.updateRevision !== revision) {
      faults.beginRevision({ namespace, name, revision: hash });
    }
    this.#step(set, spec, hash);
    this.#writeStatus(key, spec, hash);
  }

  #step(
    set: KubernetesObject,
    spec: z.infer<typeof statefulSetSpecSchema>,
    hash: string,
  ): void {
    const pods = this.#podsByOrdinal(set);
    const ordered = spec.podManagementPolicy === 'OrderedReady';
    for (let ordinal = 0; ordinal < spec.replicas; ordinal += 1) {
      const pod = pods.get(ordinal);
      const name = `${set.metadata.name}-${ordinal}`;
      if (!pod) {
        const { kind } = createPod(this.#context, {
          owner: set,
          template: spec.template,
          name,
          labels: {
            [HASH]: hash,
            'statefulset.kubernetes.io/pod-name': name,
            'apps.kubernetes.io/pod-index': String(ordinal),
          },
          component: COMPONENT,
        });
        if (ordered || kind === 'refused') {
          return;
        }
      } else if (ordered && !isPodReady(pod) && isCurrent(pod, hash)) {
        return;
      }
    }
    const surplus = [...pods].filter(([ordinal]) => ordinal >= spec.replicas);
    const outdated = [...pods].filter(
      ([ordinal, pod]) => ordinal < spec.replicas && !isCurrent(pod, hash),
    );
    const [, doomed] =
      surplus.sort(highestFirst)[0] ?? outdated.sort(highestFirst)[0] ?? [];
    if (doomed && [...pods.values()].every(isPodActive)) {
      deletePod(this.#context, {
        owner: set,
        pod: doomed,
        component: COMPONENT,
      });
    }
  }

  #podsByOrdinal(set: KubernetesObject): Map<number, KubernetesObject> {
    const { owned, kinds } = this.#context;
    const prefix = `${set.metadata.name}-`;
    return new Map(
      owned
        .controlledBy(set, kinds.get('Pod'))
        .map(pod => [Number(pod.metadata.name.slice(prefix.length)), pod]),
    );
  }

  #writeStatus(
    key: ObjectKey,
    spec: z.infer<typeof statefulSetSpecSchema>,
    hash: string,
  ): void {
    this.#context.store.replace(key, live => {
      const pods = [...this.#podsByOrdinal(live).values()].filter(isPodActive);
      const ready = pods.filter(isPodReady).length;
      const updated = pods.filter(pod => isCurrent(pod, hash)).length;
      const before = isJsonObject(live.status) ? live.status : {};
      const updateRevision = `${live.metadata.name}-${hash}`;
      const done = updated === spec.replicas && ready === spec.replicas;
      return {
        ...live,
        status: {
          replicas: pods.length,
          availableReplicas: ready,
          collisionCount: 0,
          ...withoutZeros({
            observedGeneration: live.metadata.generation,
            readyReplicas: ready,
            currentReplicas: done ? updated : pods.length - updated,
            updatedReplicas: updated,
          }),
          currentRevision: done
            ? updateRevision
            : before.currentRevision ?? updateRevision,
          updateRevision,
        },
      };
    });
  }
}

function isCurrent(pod: KubernetesObject, hash: string): boolean {
  return pod.metadata.labels?.[HASH] === hash;
}

function highestFirst([a]: [number, unknown], [b]: [number, unknown]): number {
  return b - a;
}
