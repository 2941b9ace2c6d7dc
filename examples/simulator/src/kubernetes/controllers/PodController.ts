// SPDX-License-Identifier: Apache-2.0
import { formatTime } from '../model/formatTime';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import {
  containerStatusesOf,
  nodeOf,
  type ContainerStatus,
} from '../model/podState';
import { podSpecSchema } from '../model/workloads';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import { containerFate } from './containerFate';
import type { Controller, ControllerContext } from './Controller';
import {
  createdContainer,
  nextContainerStatus,
  type ContainerStep,
} from './nextContainerStatus';
import { podEventsOf } from './podEventsOf';
import { podStatusWith, withConditions } from './podStatus';

/**
 * Plays the scheduler and the nodes: places Pods, starts their containers, makes them ready,
 * lets them fail, and ends them.
 *
 * @remarks
 * Every step is computed from the Pod as it is stored, so a cluster that was restarted in the
 * middle of a rollout goes on with it.
 */
export class PodController implements Controller {
  readonly #context: ControllerContext;
  #lastAddress = 1;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy(event: StoreEvent): ObjectKey[] {
    const { name, namespace } = event.object.metadata;
    return event.kind.kind === 'Pod' && event.type !== 'DELETED'
      ? [{ kind: event.kind, namespace, name }]
      : [];
  }

  reconcile(key: ObjectKey): void {
    const pod =
      key.kind.kind === 'Pod' ? this.#context.store.find(key) : undefined;
    if (!pod) {
      return;
    }
    if (pod.metadata.deletionTimestamp !== undefined) {
      this.#terminate(key, pod);
    } else if (nodeOf(pod) === undefined) {
      this.#schedule(key, pod);
    } else if (containerStatusesOf(pod).length === 0) {
      this.#create(key, pod);
    } else {
      this.#advance(key, pod);
    }
  }

  #terminate(key: ObjectKey, pod: KubernetesObject): void {
    const { store, timers, timing } = this.#context;
    const { uid } = pod.metadata;
    timers.after(`terminate ${uid}`, timing.terminateAfterMs, () => {
      const current = store.find(key);
      if (
        current?.metadata.uid === uid &&
        !current.metadata.finalizers?.length
      ) {
        store.remove(key);
      }
    });
  }

  #schedule(key: ObjectKey, pod: KubernetesObject): void {
    const { store, kinds, events, timers, timing } = this.#context;
    const { nodeSelector = {} } = podSpecSchema.parse(pod.spec);
    const nodes = store.list(kinds.get('Node'));
    const fitting = nodes.filter(node =>
      Object.entries(nodeSelector).every(
        ([label, value]) => node.metadata.labels?.[label] === value,
      ),
    );
    if (fitting.length > 0) {
      const node = fitting[this.#lastAddress % fitting.length].metadata.name;
      store.replace(key, live => ({
        ...live,
        spec: { ...(isJsonObject(live.spec) ? live.spec : {}), nodeName: node },
      }));
      events.record({
        about: pod,
        type: 'Normal',
        reason: 'Scheduled',
        message: `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${node}`,
        component: 'default-scheduler',
      });
      return;
    }
    const message = `0/${nodes.length} nodes are available: ${nodes.length} node(s) didn't match Pod's node affinity/selector. preemption: 0/${nodes.length} nodes are available: ${nodes.length} Preemption is not helpful for scheduling.`;
    const now = this.#now();
    store.replace(key, live => {
      const status = isJsonObject(live.status) ? live.status : {};
      const conditions = withConditions(
        status,
        [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message,
          },
        ],
        now,
      );
      return { ...live, status: { ...status, phase: 'Pending', conditions } };
    });
    events.record({
      about: pod,
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: 'default-scheduler',
    });
    timers.after(`schedule ${pod.metadata.uid}`, timing.retryAfterMs, () =>
      this.#context.enqueue(key),
    );
  }

  #create(key: ObjectKey, pod: KubernetesObject): void {
    const { containers } = podSpecSchema.parse(pod.spec);
    const now = this.#now();
    this.#lastAddress += 1;
    const address = `10.244.${Math.floor(this.#lastAddress / 250) % 250}.${
      (this.#lastAddress % 250) + 1
    }`;
    this.#context.store.replace(key, live => {
      const status = podStatusWith(live, containers.map(createdContainer), now);
      return {
        ...live,
        status: {
          ...status,
          hostIP: '127.0.0.1',
          podIP: address,
          podIPs: [{ ip: address }],
          startTime: now,
        },
      };
    });
  }

  #advance(key: ObjectKey, pod: KubernetesObject): void {
    const { timers } = this.#context;
    const { uid } = pod.metadata;
    const steps = this.#nextSteps(pod).flatMap(step => step ?? []);
    if (steps.length === 0) {
      return;
    }
    const afterMs = Math.min(...steps.map(step => step.afterMs));
    timers.after(`pod ${uid}`, afterMs, () => {
      const current = this.#context.store.find(key);
      const going =
        current?.metadata.uid === uid &&
        current.metadata.deletionTimestamp === undefined;
      if (current && going) {
        this.#take(key, current, afterMs);
      }
    });
  }

  #take(key: ObjectKey, pod: KubernetesObject, withinMs: number): void {
    const { store, events, enqueue } = this.#context;
    const before = containerStatusesOf(pod);
    const steps = this.#nextSteps(pod);
    const after = before.map((status, index) => {
      const step = steps[index];
      return step && step.afterMs <= withinMs ? step.status : status;
    });
    const now = this.#now();
    store.replace(key, live => ({
      ...live,
      status: podStatusWith(live, after, now),
    }));
    for (const event of podEventsOf(pod, before, after)) {
      events.record(event);
    }
    enqueue(key);
  }

  #nextSteps(pod: KubernetesObject): (ContainerStep | undefined)[] {
    const { store, kinds, faults, timing } = this.#context;
    const spec = podSpecSchema.parse(pod.spec);
    const { name, namespace, uid } = pod.metadata;
    const statuses = new Map<string, ContainerStatus>(
      containerStatusesOf(pod).map(each => [each.name, each]),
    );
    const failure = faults.of(pod);
    const now = this.#now();
    return spec.containers.map((container, index) =>
      nextContainerStatus({
        container,
        status: statuses.get(container.name) ?? createdContainer(container),
        fate: containerFate({
          pod,
          container,
          failure: index === 0 ? failure : undefined,
          configExists: (kind, config) =>
            store.find({ kind: kinds.get(kind), namespace, name: config }) !==
            undefined,
        }),
        podName: `${name}_${namespace}(${uid})`,
        restartPolicy: spec.restartPolicy,
        timing,
        now,
      }),
    );
  }

  #now(): string {
    return formatTime(this.#context.clock.now());
  }
}
