// SPDX-License-Identifier: Apache-2.0
import type { ProjectedObject } from '../domain/projectObject';
import type { ProjectedPod } from '../domain/projectPod';
import type { ProjectedWorkload } from '../domain/projectWorkload';
import type { WatchedKind } from '../domain/WatchedKind';
import type { Selector } from '../domain/parseSelector';

/** A change of one object, as a watch tells it. */
export type ObjectChange =
  | { type: 'put'; object: ProjectedObject }
  | { type: 'removed'; uid: string };

/**
 * What is known of one cluster, and which namespaces have changed.
 *
 * @remarks
 * Readers always see one whole picture: a new list of a kind is put in the place of the old
 * one in a single step.
 */
export class ClusterView {
  readonly #objects = new Map<WatchedKind, Map<string, ProjectedObject>>();
  readonly #workloads = new Map<string, Map<string, ProjectedWorkload>>();
  readonly #podsByOwner = new Map<string, Map<string, ProjectedPod>>();
  readonly #setsByOwner = new Map<string, Map<string, ProjectedWorkload>>();
  readonly #onChange: (namespace: string) => void;

  /** `onChange` hears of every namespace in which something changed, many times over. */
  constructor(onChange: (namespace: string) => void) {
    this.#onChange = onChange;
  }

  /** How many objects of a kind are known. */
  size(kind: WatchedKind): number {
    return this.#objects.get(kind)?.size ?? 0;
  }

  /** Takes one change. */
  apply(kind: WatchedKind, change: ObjectChange): void {
    const objects = this.#objects.get(kind) ?? new Map();
    this.#objects.set(kind, objects);
    const uid = change.type === 'put' ? change.object.uid : change.uid;
    const before = objects.get(uid);
    if (before) {
      objects.delete(uid);
      this.#unlink(before);
    }
    if (change.type === 'put') {
      objects.set(uid, change.object);
      this.#link(change.object);
    }
  }

  /** Puts a whole new list of a kind in the place of the old one. */
  replace(kind: WatchedKind, objects: Map<string, ProjectedObject>): void {
    const before = this.#objects.get(kind) ?? new Map();
    this.#objects.set(kind, objects);
    for (const object of before.values()) {
      this.#unlink(object);
    }
    for (const object of objects.values()) {
      this.#link(object);
    }
  }

  /**
   * The Workloads of a namespace whose labels are selected; ReplicaSets only when no Deployment
   * stands for them and they keep Pods.
   */
  workloadsIn(namespace: string, selector: Selector): ProjectedWorkload[] {
    const here = this.#workloads.get(namespace)?.values() ?? [];
    return [...here].filter(
      workload => standsForItself(workload) && selector(workload.labels),
    );
  }

  /** The Pods of a Workload, those of its ReplicaSets included. */
  podsOf(workload: ProjectedWorkload): ProjectedPod[] {
    const sets = this.#setsByOwner.get(workload.uid)?.values() ?? [];
    return [workload, ...sets].flatMap(({ uid }) => [
      ...(this.#podsByOwner.get(uid)?.values() ?? []),
    ]);
  }

  /** The identities of a Workload, its ReplicaSets and its Pods. */
  uidsOf(workload: ProjectedWorkload): Set<string> {
    const sets = this.#setsByOwner.get(workload.uid)?.keys() ?? [];
    return new Set([
      workload.uid,
      ...sets,
      ...this.podsOf(workload).map(({ uid }) => uid),
    ]);
  }

  #link(object: ProjectedObject): void {
    if (object.kind === 'Pod') {
      addTo(this.#podsByOwner, object.owner, object);
    } else {
      addTo(this.#workloads, object.namespace, object);
      if (object.kind === 'ReplicaSet') {
        addTo(this.#setsByOwner, object.owner?.uid, object);
      }
    }
    this.#onChange(object.namespace);
  }

  #unlink(object: ProjectedObject): void {
    if (object.kind === 'Pod') {
      removeFrom(this.#podsByOwner, object.owner, object.uid);
    } else {
      removeFrom(this.#workloads, object.namespace, object.uid);
      if (object.kind === 'ReplicaSet') {
        removeFrom(this.#setsByOwner, object.owner?.uid, object.uid);
      }
    }
    this.#onChange(object.namespace);
  }
}

function standsForItself(workload: ProjectedWorkload): boolean {
  return (
    workload.kind !== 'ReplicaSet' ||
    (workload.owner?.kind !== 'Deployment' && workload.desired > 0)
  );
}

function addTo<T extends { uid: string }>(
  index: Map<string, Map<string, T>>,
  key: string | undefined,
  object: T,
): void {
  if (key !== undefined) {
    const group = index.get(key) ?? new Map<string, T>();
    index.set(key, group.set(object.uid, object));
  }
}

function removeFrom<T>(
  index: Map<string, Map<string, T>>,
  key: string | undefined,
  uid: string,
): void {
  const group = key === undefined ? undefined : index.get(key);
  group?.delete(uid);
  if (key !== undefined && group?.size === 0) {
    index.delete(key);
  }
}
