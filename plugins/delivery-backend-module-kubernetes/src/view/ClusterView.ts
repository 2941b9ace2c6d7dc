// SPDX-License-Identifier: Apache-2.0
import type { Selector } from '../domain/parseSelector';
import type { ProjectedHelmRelease } from '../domain/projectHelmRelease';
import type { ProjectedObject } from '../domain/projectObject';
import type { ProjectedPod } from '../domain/projectPod';
import type { ProjectedWorkload } from '../domain/projectWorkload';
import type { WatchedKind } from '../domain/WatchedKind';
import { KindIndex } from './KindIndex';

/** A change of one object, as a watch tells it. */
export type ObjectChange =
  | { type: 'put'; object: ProjectedObject }
  | { type: 'removed'; uid: string };

const WORKLOADS: readonly WatchedKind[] = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
];

/**
 * What is known of one cluster, and which namespaces have changed.
 *
 * @remarks
 * Readers always see one whole picture: a new list of a kind is put in the place of the old
 * one in a single step.
 */
export class ClusterView {
  readonly #kinds = new Map<WatchedKind, KindIndex>();
  readonly #onChange: (namespace: string) => void;

  /** `onChange` hears of every namespace in which something changed, many times over. */
  constructor(onChange: (namespace: string) => void) {
    this.#onChange = onChange;
  }

  /** How many objects of a kind are known. */
  size(kind: WatchedKind): number {
    return this.#kinds.get(kind)?.size ?? 0;
  }

  /** Takes one change. */
  apply(kind: WatchedKind, change: ObjectChange): void {
    const index = this.#kinds.get(kind) ?? new KindIndex();
    this.#kinds.set(kind, index);
    const before =
      change.type === 'put'
        ? index.put(change.object)
        : index.remove(change.uid);
    if (before) {
      this.#onChange(before.namespace);
    }
    if (change.type === 'put') {
      this.#onChange(change.object.namespace);
    }
  }

  /** Puts a whole new list of a kind in the place of the old one. */
  replace(kind: WatchedKind, index: KindIndex): void {
    const before = this.#kinds.get(kind)?.namespaces ?? [];
    this.#kinds.set(kind, index);
    for (const namespace of new Set([...before, ...index.namespaces])) {
      this.#onChange(namespace);
    }
  }

  /**
   * The Workloads of a namespace whose labels are selected; ReplicaSets only when no Deployment
   * stands for them and they keep Pods.
   */
  workloadsIn(namespace: string, selector: Selector): ProjectedWorkload[] {
    return WORKLOADS.flatMap(kind => [
      ...(this.#kinds.get(kind)?.in(namespace) ?? []),
    ])
      .filter(isWorkload)
      .filter(
        workload => standsForItself(workload) && selector(workload.labels),
      );
  }

  /** What Helm recorded in a namespace. */
  helmReleasesIn(namespace: string): ProjectedHelmRelease[] {
    return [...(this.#kinds.get('HelmRelease')?.in(namespace) ?? [])].filter(
      object => object.kind === 'HelmRelease',
    );
  }

  /** The Pods of a Workload, those of its ReplicaSets included. */
  podsOf(workload: ProjectedWorkload): ProjectedPod[] {
    return [workload.uid, ...this.#setsOf(workload)]
      .flatMap(uid => [...(this.#kinds.get('Pod')?.ownedBy(uid) ?? [])])
      .filter(object => object.kind === 'Pod');
  }

  /** The identities of a Workload, its ReplicaSets and its Pods. */
  uidsOf(workload: ProjectedWorkload): Set<string> {
    return new Set([
      workload.uid,
      ...this.#setsOf(workload),
      ...this.podsOf(workload).map(({ uid }) => uid),
    ]);
  }

  #setsOf(workload: ProjectedWorkload): string[] {
    const sets = this.#kinds.get('ReplicaSet')?.ownedBy(workload.uid) ?? [];
    return [...sets].map(({ uid }) => uid);
  }
}

function isWorkload(object: ProjectedObject): object is ProjectedWorkload {
  return object.kind !== 'Pod' && object.kind !== 'HelmRelease';
}

function standsForItself(workload: ProjectedWorkload): boolean {
  return (
    workload.kind !== 'ReplicaSet' ||
    (workload.owner?.kind !== 'Deployment' && workload.desired > 0)
  );
}
