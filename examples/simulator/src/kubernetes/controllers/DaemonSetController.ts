// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';
import type { KubernetesObject } from '../model/KubernetesObject';
import { hashSuffix } from '../model/nameSuffix';
import { isPodActive, isPodReady, nodeOf } from '../model/podState';
import { stableJson } from '../model/stableJson';
import { daemonSetSpecSchema } from '../model/workloads';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import type { Controller, ControllerContext } from './Controller';
import { createPod } from './createPod';
import { deletePod } from './deletePod';
import { ownerKeyOf } from './ownerKeyOf';
import { withoutZeros } from './withoutZeros';

const COMPONENT = 'daemonset-controller';
const HASH = 'controller-revision-hash';

/** Keeps one Pod of a DaemonSet on each node and replaces them one by one. */
export class DaemonSetController implements Controller {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy({ kind, type, object }: StoreEvent): ObjectKey[] {
    const { kinds, store } = this.#context;
    const own = kinds.get('DaemonSet');
    const { name, namespace } = object.metadata;
    if (kind === own) {
      return type === 'DELETED' ? [] : [{ kind, namespace, name }];
    }
    if (kind.kind === 'Node' && type !== 'MODIFIED') {
      return store.list(own).map(set => ({
        kind: own,
        namespace: set.metadata.namespace,
        name: set.metadata.name,
      }));
    }
    const owner = kind.kind === 'Pod' ? ownerKeyOf(object, own) : undefined;
    return owner ? [owner] : [];
  }

  reconcile(key: ObjectKey): void {
    const { store, faults } = this.#context;
    const set = key.kind.kind === 'DaemonSet' ? store.find(key) : undefined;
    if (!set || set.metadata.deletionTimestamp !== undefined) {
      return;
    }
    const spec = daemonSetSpecSchema.parse(set.spec);
    const { name, namespace = '' } = set.metadata;
    const hash = hashSuffix(stableJson(spec.template));
    const pods = this.#pods(set);
    const known = pods.some(pod => pod.metadata.labels?.[HASH] === hash);
    if (!known) {
      faults.beginRevision({ namespace, name, revision: hash });
    }
    this.#step(set, spec, hash);
    this.#writeStatus(key, hash);
  }

  #step(
    set: KubernetesObject,
    spec: z.infer<typeof daemonSetSpecSchema>,
    hash: string,
  ): void {
    const { store, kinds } = this.#context;
    const pods = this.#pods(set);
    const nodes = store.list(kinds.get('Node')).map(each => each.metadata.name);
    for (const nodeName of nodes) {
      if (!pods.some(pod => nodeOf(pod) === nodeName)) {
        createPod(this.#context, {
          owner: set,
          template: spec.template,
          nodeName,
          labels: { [HASH]: hash },
          component: COMPONENT,
        });
      }
    }
    const settled = pods.every(isPodActive) && pods.length >= nodes.length;
    const outdated = pods.filter(pod => pod.metadata.labels?.[HASH] !== hash);
    const fresh = pods.filter(pod => pod.metadata.labels?.[HASH] === hash);
    const [doomed] = outdated.sort(
      (a, b) => Number(isPodReady(a)) - Number(isPodReady(b)),
    );
    if (doomed && settled && fresh.every(isPodReady)) {
      deletePod(this.#context, {
        owner: set,
        pod: doomed,
        component: COMPONENT,
      });
    }
  }

  #writeStatus(key: ObjectKey, hash: string): void {
    const { store, kinds } = this.#context;
    store.replace(key, live => {
      const pods = this.#pods(live).filter(isPodActive);
      const ready = pods.filter(isPodReady).length;
      const desired = store.list(kinds.get('Node')).length;
      return {
        ...live,
        status: {
          currentNumberScheduled: pods.length,
          desiredNumberScheduled: desired,
          numberMisscheduled: 0,
          numberReady: ready,
          ...withoutZeros({
            observedGeneration: live.metadata.generation,
            numberAvailable: ready,
            numberUnavailable: Math.max(desired - ready, 0),
            updatedNumberScheduled: pods.filter(
              pod => pod.metadata.labels?.[HASH] === hash,
            ).length,
          }),
        },
      };
    });
  }

  #pods(set: KubernetesObject): KubernetesObject[] {
    const { owned, kinds } = this.#context;
    return owned.controlledBy(set, kinds.get('Pod'));
  }
}
