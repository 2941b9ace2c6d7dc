// SPDX-License-Identifier: Apache-2.0
import { formatTime } from '../model/formatTime';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import { hashSuffix } from '../model/nameSuffix';
import { isPodActive, isPodReady } from '../model/podState';
import { stableJson } from '../model/stableJson';
import { deploymentSpecSchema, type DeploymentSpec } from '../model/workloads';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import type { Controller, ControllerContext } from './Controller';
import { DeploymentReplicaSets } from './DeploymentReplicaSets';
import {
  deploymentStatus,
  hasMoved,
  isRolledOut,
  wasRolledOut,
  type DeploymentFacts,
} from './deploymentStatus';
import { ownerKeyOf } from './ownerKeyOf';
import {
  newReplicaSetSize,
  oldReplicaSetSizes,
  rolloutBounds,
  type ReplicaSetCount,
} from './rollingUpdate';

type NewReplicaSet = DeploymentFacts['newReplicaSet'];

/** Rolls a Deployment out: a ReplicaSet for each revision, Pod by Pod from the old to the new. */
export class DeploymentController implements Controller {
  readonly #context: ControllerContext;
  readonly #sets: DeploymentReplicaSets;
  readonly #expired = new Set<string>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#sets = new DeploymentReplicaSets(context);
  }

  affectedBy({ kind, type, object }: StoreEvent): ObjectKey[] {
    const { kinds, store } = this.#context;
    const own = kinds.get('Deployment');
    const sets = kinds.get('ReplicaSet');
    const { name, namespace } = object.metadata;
    if (kind === own) {
      return type === 'DELETED' ? [] : [{ kind, namespace, name }];
    }
    if (kind === sets) {
      return [ownerKeyOf(object, own)].flatMap(key => key ?? []);
    }
    const set = kind.kind === 'Pod' ? ownerKeyOf(object, sets) : undefined;
    const found = set && store.find(set);
    return [found && ownerKeyOf(found, own)].flatMap(key => key ?? []);
  }

  reconcile(key: ObjectKey): void {
    const { store } = this.#context;
    const deployment =
      key.kind.kind === 'Deployment' ? store.find(key) : undefined;
    if (!deployment || deployment.metadata.deletionTimestamp !== undefined) {
      return;
    }
    const spec = deploymentSpecSchema.parse(deployment.spec);
    const hash = hashSuffix(stableJson(spec.template));
    const fresh = spec.paused
      ? this.#knownReplicaSet(deployment, hash)
      : this.#newReplicaSet(deployment, spec, hash);
    const sets = this.#sets.of(deployment);
    const current = sets.find(set => set.metadata.name === fresh?.name);
    const old = sets.filter(set => set !== current);
    if (current) {
      this.#roll(deployment, { spec, current, old });
    }
    this.#writeStatus(key, spec, fresh);
  }

  #knownReplicaSet(deployment: KubernetesObject, hash: string): NewReplicaSet {
    const found = this.#sets.find(deployment, hash);
    return found && { name: found.metadata.name, isNew: 'known' };
  }

  #newReplicaSet(
    deployment: KubernetesObject,
    spec: DeploymentSpec,
    hash: string,
  ): NewReplicaSet {
    const found = this.#sets.find(deployment, hash);
    const { name, namespace = '' } = deployment.metadata;
    if (found && this.#sets.isLatest(deployment, found)) {
      return { name: found.metadata.name, isNew: 'known' };
    }
    this.#expired.delete(deployment.metadata.uid);
    this.#context.timers.cancel(`deadline ${deployment.metadata.uid}`);
    this.#context.faults.beginRevision({ namespace, name, revision: hash });
    const set = found ?? this.#sets.create(deployment, spec, hash);
    this.#sets.makeLatest(deployment, set);
    return { name: set.metadata.name, isNew: found ? 'found' : 'created' };
  }

  #roll(
    deployment: KubernetesObject,
    options: {
      spec: DeploymentSpec;
      current: KubernetesObject;
      old: KubernetesObject[];
    },
  ): void {
    const { spec, current, old } = options;
    const { replicas: desired, strategy, paused } = spec;
    const bounds = rolloutBounds(spec);
    const count = (set: KubernetesObject): ReplicaSetCount => {
      const wanted = this.#sets.sizeOf(set);
      const ready = this.#pods(set).filter(isPodReady).length;
      return { wanted, available: Math.min(ready, wanted) };
    };
    if (strategy?.type === 'Recreate' && !paused) {
      old.forEach(set => this.#sets.scale(deployment, set, 0));
      if (old.every(set => this.#allPods(set).length === 0)) {
        this.#sets.scale(deployment, current, desired);
      }
      return;
    }
    if (paused) {
      this.#sets.scale(
        deployment,
        current,
        Math.min(this.#sets.sizeOf(current), desired),
      );
      return;
    }
    const size = newReplicaSetSize({
      desired,
      bounds,
      current: count(current),
      old: old.map(count),
    });
    if (this.#sets.scale(deployment, current, size)) {
      return;
    }
    const sizes = oldReplicaSetSizes({
      desired,
      bounds,
      current: count(current),
      old: old.map(count),
    });
    old.forEach((set, index) =>
      this.#sets.scale(deployment, set, sizes[index]),
    );
    this.#sets.forgetOld(old, spec.revisionHistoryLimit);
  }

  #writeStatus(
    key: ObjectKey,
    spec: DeploymentSpec,
    fresh: NewReplicaSet,
  ): void {
    const { store, clock } = this.#context;
    const deployment = store.get(key);
    const sets = this.#sets.of(deployment);
    const pods = sets.flatMap(set => this.#pods(set));
    const current = sets.find(set => set.metadata.name === fresh?.name);
    const ready = pods.filter(isPodReady).length;
    const facts: DeploymentFacts = {
      deployment,
      desired: spec.replicas,
      maxUnavailable: rolloutBounds(spec).maxUnavailable,
      paused: spec.paused === true,
      replicas: pods.length,
      wanted: sets.reduce((sum, set) => sum + this.#sets.sizeOf(set), 0),
      updated: current ? this.#pods(current).length : 0,
      ready,
      available: ready,
      newReplicaSet: fresh,
      refusal: sets.map(refusalOf).find(each => each !== undefined),
      deadlineExceeded: this.#expired.has(deployment.metadata.uid),
      now: formatTime(clock.now()),
    };
    this.#watchDeadline(key, spec, facts);
    const status = deploymentStatus({
      ...facts,
      deadlineExceeded: this.#expired.has(deployment.metadata.uid),
    });
    store.replace(key, live => ({ ...live, status }));
  }

  #watchDeadline(
    key: ObjectKey,
    spec: DeploymentSpec,
    facts: DeploymentFacts,
  ): void {
    const { timers, timing, enqueue } = this.#context;
    const { uid } = facts.deployment.metadata;
    const timer = `deadline ${uid}`;
    const begun = facts.newReplicaSet?.isNew !== 'known';
    const waiting =
      !facts.paused &&
      !isRolledOut(facts) &&
      (begun || !wasRolledOut(facts.deployment));
    if (!waiting || begun || hasMoved(facts)) {
      this.#expired.delete(uid);
      timers.cancel(timer);
    }
    if (waiting && !this.#expired.has(uid)) {
      const limit = Math.min(
        spec.progressDeadlineSeconds * 1000,
        timing.progressDeadlineMs,
      );
      timers.after(timer, limit, () => {
        this.#expired.add(uid);
        enqueue(key);
      });
    }
  }

  #pods(set: KubernetesObject): KubernetesObject[] {
    return this.#allPods(set).filter(isPodActive);
  }

  #allPods(set: KubernetesObject): KubernetesObject[] {
    const { owned, kinds } = this.#context;
    return owned.controlledBy(set, kinds.get('Pod'));
  }
}

function refusalOf(set: KubernetesObject): string | undefined {
  const status = isJsonObject(set.status) ? set.status : {};
  const conditions = Array.isArray(status.conditions) ? status.conditions : [];
  const [condition] = conditions.filter(isJsonObject);
  return condition?.type === 'ReplicaFailure'
    ? String(condition.message)
    : undefined;
}
