// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import type { Controller, ControllerContext } from './Controller';

/** Deletes what is owned by something that is gone. */
export class GarbageCollector implements Controller {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy(event: StoreEvent): ObjectKey[] {
    if (event.type === 'DELETED') {
      return this.#context.owned
        .dependentsOf(event.object.metadata.uid)
        .map(object => this.#keyOf(object));
    }
    return event.type === 'ADDED' && event.object.metadata.ownerReferences
      ? [this.#keyOf(event.object)]
      : [];
  }

  reconcile(key: ObjectKey): void {
    const { store, owned, api } = this.#context;
    const object = store.find(key);
    const owners = object?.metadata.ownerReferences ?? [];
    const orphaned =
      owners.length > 0 && owners.every(owner => !owned.exists(owner.uid));
    if (orphaned && object?.metadata.deletionTimestamp === undefined) {
      api.delete(key);
    }
  }

  #keyOf(object: KubernetesObject): ObjectKey {
    const { namespace, name } = object.metadata;
    return { kind: this.#context.kinds.getByManifest(object), namespace, name };
  }
}
