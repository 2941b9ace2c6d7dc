// SPDX-License-Identifier: Apache-2.0
import type { ProjectedObject } from '../domain/projectObject';

/** Objects of one kind, found by what is asked for: their identity, owner, or namespace. */
export class KindIndex {
  readonly #objects = new Map<string, ProjectedObject>();
  readonly #byOwner = new Map<string, Map<string, ProjectedObject>>();
  readonly #byNamespace = new Map<string, Map<string, ProjectedObject>>();
  readonly #namespaces = new Set<string>();

  /** How many there are. */
  get size(): number {
    return this.#objects.size;
  }

  /** Every namespace in which one of them is or was. */
  get namespaces(): ReadonlySet<string> {
    return this.#namespaces;
  }

  /** Puts an object in the place of the one of its identity, which is the answer. */
  put(object: ProjectedObject): ProjectedObject | undefined {
    const before = this.remove(object.uid);
    this.#objects.set(object.uid, object);
    this.#namespaces.add(object.namespace);
    addTo(this.#byOwner, ownerOf(object), object);
    addTo(this.#byNamespace, placeOf(object), object);
    return before;
  }

  /** Takes an object out, which is the answer; undefined when it is not there. */
  remove(uid: string): ProjectedObject | undefined {
    const object = this.#objects.get(uid);
    if (object) {
      this.#objects.delete(uid);
      removeFrom(this.#byOwner, ownerOf(object), uid);
      removeFrom(this.#byNamespace, placeOf(object), uid);
    }
    return object;
  }

  ownedBy(uid: string): Iterable<ProjectedObject> {
    return this.#byOwner.get(uid)?.values() ?? [];
  }

  in(namespace: string): Iterable<ProjectedObject> {
    return this.#byNamespace.get(namespace)?.values() ?? [];
  }
}

/** Only what is looked for by its owner is indexed by it. */
function ownerOf(object: ProjectedObject): string | undefined {
  switch (object.kind) {
    case 'Pod':
      return object.owner;
    case 'ReplicaSet':
      return object.owner?.uid;
    default:
      return undefined;
  }
}

/** Pods are found by their owners; an index by namespace would only take room. */
function placeOf(object: ProjectedObject): string | undefined {
  return object.kind === 'Pod' ? undefined : object.namespace;
}

function addTo(
  index: Map<string, Map<string, ProjectedObject>>,
  key: string | undefined,
  object: ProjectedObject,
): void {
  if (key !== undefined) {
    const group = index.get(key) ?? new Map<string, ProjectedObject>();
    index.set(key, group.set(object.uid, object));
  }
}

function removeFrom(
  index: Map<string, Map<string, ProjectedObject>>,
  key: string | undefined,
  uid: string,
): void {
  const group = key === undefined ? undefined : index.get(key);
  group?.delete(uid);
  if (key !== undefined && group?.size === 0) {
    index.delete(key);
  }
}
