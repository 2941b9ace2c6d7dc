// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { SimulatorClock } from '../../clock';
import { ApiError } from '../model/ApiError';
import { formatTime } from '../model/formatTime';
import type { KindTable } from '../model/KindTable';
import {
  isJsonObject,
  type KubernetesObject,
  type ObjectManifest,
} from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';
import { applyConfiguration } from '../patches/applyConfiguration';
import type { ObjectKey, ObjectStore } from '../store/ObjectStore';
import type { AppliedConfigurations } from './AppliedConfigurations';
import { defaultObject } from './defaultObject';
import { enforceQuota } from './enforceQuota';
import { keepClusterIp, keepIdentity } from './keepIdentity';
import { orphanDependents } from './orphanDependents';
import { parseManifest } from './parseManifest';
import { prepareNewObject } from './prepareNewObject';
import { requirePreconditions } from './requirePreconditions';
import { requireSameObject } from './requireSameObject';
import { validateChange, validateObject } from './validateObject';

/** What a write may ask for. */
export interface WriteOptions {
  /** Do everything but store the result. */
  dryRun?: boolean;
}

/** A change of one object, computed from its present state. */
export interface ChangeRequest extends WriteOptions {
  key: ObjectKey;
  /** Gives the whole next object; it sees the present one. */
  change(current: KubernetesObject): JsonObject;
  /** Only `status` is written when set; otherwise `status` is left as it is. */
  subresource?: 'status';
}

/** What a delete may ask for. */
export interface DeleteOptions extends WriteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** What became of a delete: the object is gone, or it is on its way. */
export type DeleteOutcome =
  | { kind: 'removed'; object: KubernetesObject }
  | { kind: 'terminating'; object: KubernetesObject };

/** The meaning of the API server's verbs, without HTTP and without permissions. */
export class KubernetesApi {
  readonly #store: ObjectStore;
  readonly #kinds: KindTable;
  readonly #clock: SimulatorClock;
  readonly #applied: AppliedConfigurations;

  constructor(options: {
    store: ObjectStore;
    kinds: KindTable;
    clock: SimulatorClock;
    applied: AppliedConfigurations;
  }) {
    this.#store = options.store;
    this.#kinds = options.kinds;
    this.#clock = options.clock;
    this.#applied = options.applied;
    this.#store.subscribe(event => {
      if (event.type === 'DELETED') {
        this.#applied.forget(event.object.metadata.uid);
      }
    });
  }

  /**
   * Creates an object in a namespace, or in the cluster when its kind has none.
   *
   * @throws ApiError as the real server: 404 for a missing namespace, 409, 403 quota, 400, 422.
   */
  create(
    kind: ResourceKind,
    request: { namespace?: string; manifest: ObjectManifest } & WriteOptions,
  ): KubernetesObject {
    const manifest = prepareNewObject(kind, {
      ...request,
      serial: this.#store.resourceVersion,
    });
    const { name = '', namespace } = manifest.metadata;
    this.#requireNamespace(kind, name, namespace);
    validateObject(kind, manifest);
    if (namespace !== undefined) {
      enforceQuota({
        store: this.#store,
        kinds: this.#kinds,
        kind,
        namespace,
        name,
      });
    }
    if (request.dryRun) {
      if (this.#store.find({ kind, namespace, name })) {
        throw ApiError.alreadyExists(kind, name);
      }
      return this.#store.identify(kind, manifest);
    }
    return this.#store.insert(kind, manifest);
  }

  /**
   * Changes an object: the way behind replace, patch and scale.
   *
   * @throws ApiError 404, 409 when the body names another version, 422 for what may not change.
   */
  change(request: ChangeRequest): KubernetesObject {
    const { key } = request;
    const current = this.#store.get(key);
    const wanted = parseManifest(key.kind, request.change(current));
    requireSameObject(key, current, wanted);
    const next =
      request.subresource === 'status'
        ? { ...current, status: wanted.status }
        : this.#mainChange(key.kind, current, wanted);
    if (request.dryRun) {
      return this.#store.revise(key.kind, current, next);
    }
    const stored = this.#store.replace(key, () => next);
    const finished =
      stored.metadata.deletionTimestamp !== undefined &&
      !stored.metadata.finalizers?.length &&
      !lingers(key.kind);
    return finished ? this.#store.remove(key) : stored;
  }

  /**
   * Server-side apply: creates the object, or merges what this manager says into it.
   *
   * @throws ApiError as create and change.
   */
  apply(
    key: ObjectKey,
    request: { manifest: JsonObject; fieldManager: string } & WriteOptions,
  ): { object: KubernetesObject; created: boolean } {
    const { manifest, fieldManager, dryRun } = request;
    const current = this.#store.find(key);
    const wanted = parseManifest(key.kind, manifest);
    requireSameObject(key, current, wanted);
    const object = current
      ? this.change({
          key,
          dryRun,
          change: live =>
            applyConfiguration({
              previous: this.#applied.get(live, fieldManager),
              next: manifest,
              live,
            }),
        })
      : this.create(key.kind, {
          namespace: key.namespace,
          manifest: {
            ...wanted,
            metadata: { ...wanted.metadata, name: key.name },
          },
          dryRun,
        });
    if (!dryRun) {
      this.#applied.set(object, fieldManager, manifest);
    }
    return { object, created: current === undefined };
  }

  /**
   * Deletes an object; Pods end after a short while, a Namespace once it is empty, and what
   * carries finalizers once they are taken off.
   *
   * @throws ApiError 404, and 409 when a precondition does not hold.
   */
  delete(key: ObjectKey, options: DeleteOptions = {}): DeleteOutcome {
    const current = this.#store.get(key);
    requirePreconditions(key, current, options);
    if (options.propagationPolicy === 'Orphan' && !options.dryRun) {
      orphanDependents({ store: this.#store, kinds: this.#kinds }, current);
    }
    const finalizers = current.metadata.finalizers ?? [];
    const graceful =
      lingers(key.kind) &&
      (key.kind.kind === 'Namespace' ||
        (options.gracePeriodSeconds !== 0 && isScheduled(current)));
    if (finalizers.length === 0 && !graceful) {
      return {
        kind: 'removed',
        object: options.dryRun ? current : this.#store.remove(key),
      };
    }
    if (current.metadata.deletionTimestamp !== undefined || options.dryRun) {
      return { kind: 'terminating', object: current };
    }
    const object = this.#store.replace(key, live => ({
      ...live,
      metadata: {
        ...live.metadata,
        deletionTimestamp: formatTime(this.#clock.now()),
        deletionGracePeriodSeconds: key.kind.kind === 'Pod' ? 30 : 0,
      },
      ...(key.kind.kind === 'Namespace'
        ? { status: { phase: 'Terminating' } }
        : {}),
    }));
    return { kind: 'terminating', object };
  }

  #mainChange(
    kind: ResourceKind,
    current: KubernetesObject,
    wanted: ObjectManifest,
  ): KubernetesObject {
    const defaulted = defaultObject({
      ...wanted,
      metadata: { ...wanted.metadata, name: current.metadata.name },
    });
    const next =
      kind.kind === 'Service' ? keepClusterIp(current, defaulted) : defaulted;
    validateObject(kind, next);
    validateChange(kind, current, next);
    const { status: _, ...rest } = next;
    const status = kind.subresources?.includes('status')
      ? current.status
      : next.status;
    return {
      ...rest,
      apiVersion: current.apiVersion,
      kind: current.kind,
      metadata: keepIdentity(current.metadata, next.metadata),
      ...(status === undefined ? {} : { status }),
    };
  }

  #requireNamespace(
    kind: ResourceKind,
    name: string,
    namespace?: string,
  ): void {
    if (!kind.namespaced) {
      return;
    }
    const namespaces = this.#kinds.get('Namespace');
    const found = this.#store.get({ kind: namespaces, name: namespace ?? '' });
    if (found.metadata.deletionTimestamp !== undefined) {
      throw ApiError.forbidden(
        kind,
        name,
        `unable to create new content in namespace ${namespace} because it is being terminated`,
      );
    }
  }
}

function lingers(kind: ResourceKind): boolean {
  return kind.kind === 'Pod' || kind.kind === 'Namespace';
}

function isScheduled(pod: KubernetesObject): boolean {
  return isJsonObject(pod.spec) && pod.spec.nodeName !== undefined;
}
