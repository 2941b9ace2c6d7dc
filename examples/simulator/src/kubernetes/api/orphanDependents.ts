// SPDX-License-Identifier: Apache-2.0
import type { KindTable } from '../model/KindTable';
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ObjectStore } from '../store/ObjectStore';

/** Takes an owner off everything that names it, so that its end does not end them. */
export function orphanDependents(
  options: { store: ObjectStore; kinds: KindTable },
  owner: KubernetesObject,
): void {
  const { store, kinds } = options;
  const dependents = store
    .all()
    .filter(object =>
      object.metadata.ownerReferences?.some(
        reference => reference.uid === owner.metadata.uid,
      ),
    );
  for (const object of dependents) {
    const { name, namespace } = object.metadata;
    const kind = kinds.getByManifest(object);
    store.replace({ kind, namespace, name }, live => ({
      ...live,
      metadata: {
        ...live.metadata,
        ownerReferences: live.metadata.ownerReferences?.filter(
          reference => reference.uid !== owner.metadata.uid,
        ),
      },
    }));
  }
}
