// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';
import type { ObjectStore } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';

/** Finds the dependents of an object without reading the whole cluster. */
export class OwnedObjects {
  readonly #dependents = new Map<string, Map<string, KubernetesObject>>();
  readonly #uids = new Set<string>();

  constructor(store: ObjectStore) {
    for (const object of store.all()) {
      this.#add(object);
    }
    store.subscribe(event => this.#follow(event));
  }

  /** Whether an object of that identity is there. */
  exists(uid: string): boolean {
    return this.#uids.has(uid);
  }

  /** Everything that names an object as its owner. */
  dependentsOf(uid: string): KubernetesObject[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }

  /** The objects of one kind that an object controls, in the order they were made. */
  controlledBy(
    owner: KubernetesObject,
    kind: ResourceKind,
  ): KubernetesObject[] {
    return this.dependentsOf(owner.metadata.uid).filter(
      object =>
        object.kind === kind.kind &&
        object.metadata.ownerReferences?.some(
          each => each.controller && each.uid === owner.metadata.uid,
        ),
    );
  }

  #follow(event: StoreEvent): void {
    if (event.type !== 'ADDED') {
      this.#remove(event.previous);
    }
    if (event.type !== 'DELETED') {
      this.#add(event.object);
    }
  }

  #add(object: KubernetesObject): void {
    const { uid, ownerReferences = [] } = object.metadata;
    this.#uids.add(uid);
    for (const owner of ownerReferences) {
      const dependents = this.#dependents.get(owner.uid) ?? new Map();
      this.#dependents.set(owner.uid, dependents.set(uid, object));
    }
  }

  #remove(object: KubernetesObject): void {
    const { uid, ownerReferences = [] } = object.metadata;
    this.#uids.delete(uid);
    for (const owner of ownerReferences) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) {
        this.#dependents.delete(owner.uid);
      }
    }
  }
}
