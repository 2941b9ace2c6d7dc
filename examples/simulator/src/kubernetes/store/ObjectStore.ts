// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { SimulatorClock } from '../../clock';
import { ApiError } from '../model/ApiError';
import type { KindTable } from '../model/KindTable';
import type {
  KubernetesObject,
  ObjectManifest,
} from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';
import { formatTime } from '../model/formatTime';
import type { StoreEvent } from './StoreEvent';
import { WatchWindow } from './WatchWindow';

/** Where an object is: its kind, its namespace when it has one, its name. */
export interface ObjectKey {
  kind: ResourceKind;
  namespace?: string;
  name: string;
}

/** Options of {@link ObjectStore}. */
export interface ObjectStoreOptions {
  clock: SimulatorClock;
  kinds: KindTable;
  /** How many changes of each kind can be read back; default 2,000. */
  historyLimit?: number;
  /** The version counting starts from; higher than every version given out before. */
  startsAt?: number;
  /** Objects that were there before, with the versions they had. */
  objects?: KubernetesObject[];
}

interface Shelf {
  kind: ResourceKind;
  objects: Map<string, KubernetesObject>;
  window: WatchWindow;
  sortedKeys?: string[];
}

/**
 * All objects of one cluster and the history of their changes.
 *
 * @remarks
 * It knows versions, identity and conflicts, and no meaning: defaults, validation, patches
 * and deletion rules are the API's. Objects are never changed in place, so a reader may keep
 * what it got.
 */
export class ObjectStore {
  readonly #clock: SimulatorClock;
  readonly #shelves = new Map<ResourceKind, Shelf>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  #resourceVersion: number;

  constructor(options: ObjectStoreOptions) {
    this.#clock = options.clock;
    this.#resourceVersion = options.startsAt ?? 0;
    for (const kind of options.kinds.all()) {
      this.#shelves.set(kind, {
        kind,
        objects: new Map(),
        window: new WatchWindow({
          limit: options.historyLimit ?? 2_000,
          startsAt: this.#resourceVersion,
        }),
      });
    }
    for (const object of options.objects ?? []) {
      const kind = options.kinds.getByManifest(object);
      this.#shelf(kind).objects.set(keyOf(object.metadata), object);
    }
  }

  /** The version of the latest change in the whole cluster. */
  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /** The object, or undefined when it is not there. */
  find(key: ObjectKey): KubernetesObject | undefined {
    return this.#shelf(key.kind).objects.get(keyOf(key));
  }

  /**
   * The object.
   *
   * @throws ApiError 404 when it is not there.
   */
  get(key: ObjectKey): KubernetesObject {
    const object = this.find(key);
    if (!object) {
      throw ApiError.notFound(key.kind, key.name);
    }
    return object;
  }

  /** All objects of a kind, of one namespace or of all, in the order of their keys. */
  list(kind: ResourceKind, namespace?: string): KubernetesObject[] {
    const shelf = this.#shelf(kind);
    shelf.sortedKeys ??= [...shelf.objects.keys()].sort();
    const objects: KubernetesObject[] = [];
    for (const key of shelf.sortedKeys) {
      const object = shelf.objects.get(key);
      if (object && inNamespace(object, namespace)) {
        objects.push(object);
      }
    }
    return objects;
  }

  /**
   * The objects of a kind as they were at a version, or undefined when the history
   * no longer reaches back to it.
   */
  listAt(
    kind: ResourceKind,
    at: { namespace?: string; resourceVersion: number },
  ): KubernetesObject[] | undefined {
    const later = this.changesSince(kind, at.resourceVersion);
    if (!later) {
      return undefined;
    }
    if (later.length === 0) {
      return this.list(kind, at.namespace);
    }
    const objects = new Map(this.#shelf(kind).objects);
    for (const event of later.reverse()) {
      const key = keyOf(event.object.metadata);
      if (event.type === 'ADDED') {
        objects.delete(key);
      } else {
        objects.set(key, event.previous);
      }
    }
    return [...objects.keys()]
      .sort()
      .flatMap(key => objects.get(key) ?? [])
      .filter(object => inNamespace(object, at.namespace));
  }

  /** The changes of a kind after a version, or undefined when some were compacted. */
  changesSince(
    kind: ResourceKind,
    resourceVersion: number,
  ): StoreEvent[] | undefined {
    return this.#shelf(kind).window.since(resourceVersion);
  }

  /** The oldest version from which changes of a kind can be read. */
  compactedAt(kind: ResourceKind): number {
    return this.#shelf(kind).window.compactedAt;
  }

  /** Forgets the history of all kinds up to now. */
  compact(): void {
    for (const { window } of this.#shelves.values()) {
      window.compact(this.#resourceVersion);
    }
  }

  /**
   * Stores a new object and gives it its identity.
   *
   * @throws ApiError 409 when an object of that name is there.
   */
  insert(kind: ResourceKind, manifest: ObjectManifest): KubernetesObject {
    const shelf = this.#shelf(kind);
    const name = manifest.metadata.name ?? '';
    const key = keyOf({ name, namespace: manifest.metadata.namespace });
    if (shelf.objects.has(key)) {
      throw ApiError.alreadyExists(kind, name);
    }
    const object = this.identify(kind, manifest);
    object.metadata.resourceVersion = this.#nextVersion();
    shelf.objects.set(key, object);
    shelf.sortedKeys = undefined;
    this.#record({
      type: 'ADDED',
      kind,
      object,
      resourceVersion: this.#resourceVersion,
    });
    return object;
  }

  /** The object as {@link ObjectStore.insert} would store it, without storing it. */
  identify(kind: ResourceKind, manifest: ObjectManifest): KubernetesObject {
    return {
      ...manifest,
      metadata: {
        ...manifest.metadata,
        name: manifest.metadata.name ?? '',
        uid: randomUUID(),
        resourceVersion: '',
        ...(hasGeneration(kind) ? { generation: 1 } : {}),
        creationTimestamp: formatTime(this.#clock.now()),
      },
    };
  }

  /**
   * Puts a new state in the place of the present one; a state that changes nothing leaves
   * the version alone, as in the real server.
   *
   * @throws ApiError 404 when the object is not there.
   */
  replace(
    key: ObjectKey,
    change: (current: KubernetesObject) => KubernetesObject,
  ): KubernetesObject {
    const current = this.get(key);
    const next = this.revise(key.kind, current, change(current));
    if (next === current) {
      return current;
    }
    const object = {
      ...next,
      metadata: { ...next.metadata, resourceVersion: this.#nextVersion() },
    };
    this.#shelf(key.kind).objects.set(keyOf(key), object);
    this.#record({
      type: 'MODIFIED',
      kind: key.kind,
      object,
      previous: current,
      resourceVersion: this.#resourceVersion,
    });
    return object;
  }

  /** The next state with its generation; the present one itself when nothing differs. */
  revise(
    kind: ResourceKind,
    current: KubernetesObject,
    next: KubernetesObject,
  ): KubernetesObject {
    const { resourceVersion, generation } = current.metadata;
    const wanted: KubernetesObject = {
      ...next,
      metadata: { ...next.metadata, resourceVersion, generation },
    };
    if (generation === undefined) {
      delete wanted.metadata.generation;
    }
    if (isDeepStrictEqual(wanted, current)) {
      return current;
    }
    if (hasGeneration(kind) && !isDeepStrictEqual(wanted.spec, current.spec)) {
      wanted.metadata.generation = (generation ?? 0) + 1;
    }
    return wanted;
  }

  /**
   * Takes an object away for good.
   *
   * @throws ApiError 404 when it is not there.
   */
  remove(key: ObjectKey): KubernetesObject {
    const previous = this.get(key);
    const shelf = this.#shelf(key.kind);
    shelf.objects.delete(keyOf(key));
    shelf.sortedKeys = undefined;
    const object = {
      ...previous,
      metadata: { ...previous.metadata, resourceVersion: this.#nextVersion() },
    };
    this.#record({
      type: 'DELETED',
      kind: key.kind,
      object,
      previous,
      resourceVersion: this.#resourceVersion,
    });
    return object;
  }

  /** Hears of every change, in order, until the returned function is called. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Every object of the cluster. */
  all(): KubernetesObject[] {
    return [...this.#shelves.values()].flatMap(shelf => [
      ...shelf.objects.values(),
    ]);
  }

  #nextVersion(): string {
    this.#resourceVersion += 1;
    return String(this.#resourceVersion);
  }

  #record(event: StoreEvent): void {
    this.#shelf(event.kind).window.append(event);
    for (const listener of this.#listeners) {
      listener(event);
    }
  }

  #shelf(kind: ResourceKind): Shelf {
    const shelf = this.#shelves.get(kind);
    if (!shelf) {
      throw new Error(`The store has no place for ${kind.kind}`);
    }
    return shelf;
  }
}

function keyOf(key: { namespace?: string; name: string }): string {
  return `${key.namespace ?? ''}/${key.name}`;
}

function inNamespace(object: KubernetesObject, namespace?: string): boolean {
  return namespace === undefined || object.metadata.namespace === namespace;
}

function hasGeneration(kind: ResourceKind): boolean {
  return kind.group !== '' || kind.kind === 'Pod';
}
