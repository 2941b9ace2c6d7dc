// SPDX-License-Identifier: Apache-2.0
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import type { Controller, ControllerContext } from './Controller';

/** Empties a Namespace that is being deleted, and then lets it go. */
export class NamespaceController implements Controller {
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  affectedBy(event: StoreEvent): ObjectKey[] {
    const kind = this.#context.kinds.get('Namespace');
    const { name, namespace } = event.object.metadata;
    if (event.kind === kind && event.type !== 'DELETED') {
      return [{ kind, name }];
    }
    return event.type === 'DELETED' && namespace !== undefined
      ? [{ kind, name: namespace }]
      : [];
  }

  reconcile(key: ObjectKey): void {
    const { store, kinds, api } = this.#context;
    if (key.kind.kind !== 'Namespace') {
      return;
    }
    const found = store.find(key);
    if (found?.metadata.deletionTimestamp === undefined) {
      return;
    }
    let left = 0;
    for (const kind of kinds.all().filter(each => each.namespaced)) {
      for (const { metadata } of store.list(kind, key.name)) {
        const { name, namespace } = metadata;
        const outcome = api.delete(
          { kind, namespace, name },
          { gracePeriodSeconds: 0 },
        );
        left += outcome.kind === 'terminating' ? 1 : 0;
      }
    }
    if (left === 0) {
      store.remove(key);
    }
  }
}
