// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { SimulatorClock } from '../../clock';
import { ApiError } from '../model/ApiError';
import { formatTime } from '../model/formatTime';
import type { KindTable } from '../model/KindTable';
import {
  isJsonObject,
  objectManifestSchema,
  type KubernetesObject,
  type ObjectManifest,
  type ObjectMetadata,
} from '../model/KubernetesObject';
import { randomSuffix } from '../model/nameSuffix';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';
import { applyConfiguration } from '../patches/applyConfiguration';
import type { ObjectKey, ObjectStore } from '../store/ObjectStore';
import type { AppliedConfigurations } from './AppliedConfigurations';
import { defaultObject } from './defaultObject';
import { enforceQuota } from './enforceQuota';
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
    const manifest = this.#identified(kind, request);
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
      this.#orphanDependents(current);
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

  #identified(
    kind: ResourceKind,
    request: { namespace?: string; manifest: ObjectManifest },
  ): ObjectManifest {
    const { metadata, ...rest } = request.manifest;
    requireKind(kind, request.manifest);
    if (metadata.resourceVersion) {
      throw ApiError.badRequest(
        'resourceVersion should not be set on objects to be created',
      );
    }
    const namespace = kind.namespaced ? request.namespace : undefined;
    if (metadata.namespace && metadata.namespace !== namespace) {
      throw ApiError.badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    const name =
      metadata.name ||
      (typeof metadata.generateName === 'string'
        ? `${metadata.generateName}${randomSuffix()}`
        : undefined);
    if (!name) {
      throw ApiError.invalid(kind, '', [
        {
          field: 'metadata.name',
          message: 'Required value: name or generateName is required',
          reason: 'FieldValueRequired',
        },
      ]);
    }
    const { deletionTimestamp: _, managedFields: __, ...kept } = metadata;
    const { status, ...withoutStatus } = rest;
    return this.#admitted(kind, {
      ...(kind.subresources?.includes('status')
        ? withoutStatus
        : { ...withoutStatus, ...(status === undefined ? {} : { status }) }),
      apiVersion: apiVersionOf(kind),
      kind: kind.kind,
      metadata: { ...kept, name, ...(namespace ? { namespace } : {}) },
    });
  }

  #admitted(kind: ResourceKind, manifest: ObjectManifest): ObjectManifest {
    const object = defaultObject(manifest);
    switch (kind.kind) {
      case 'Namespace':
        return {
          ...object,
          metadata: {
            ...object.metadata,
            labels: {
              'kubernetes.io/metadata.name': object.metadata.name ?? '',
              ...object.metadata.labels,
            },
          },
          status: { phase: 'Active' },
        };
      case 'Pod':
        return {
          ...object,
          status: { phase: 'Pending', qosClass: 'BestEffort' },
        };
      case 'Service':
        return this.#withClusterIp(object);
      default:
        return object;
    }
  }

  #withClusterIp(service: ObjectManifest): ObjectManifest {
    const spec = isJsonObject(service.spec) ? service.spec : {};
    const number = this.#store.resourceVersion % 65_000;
    const clusterIP =
      spec.clusterIP ??
      `10.96.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    return {
      ...service,
      spec: { ...spec, clusterIP, clusterIPs: [clusterIP] },
      status: { loadBalancer: {} },
    };
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

  #orphanDependents(owner: KubernetesObject): void {
    const dependents = this.#store
      .all()
      .filter(object =>
        object.metadata.ownerReferences?.some(
          reference => reference.uid === owner.metadata.uid,
        ),
      );
    for (const object of dependents) {
      const { name, namespace } = object.metadata;
      const kind = this.#kinds.getByManifest(object);
      this.#store.replace({ kind, namespace, name }, live => ({
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
}

function parseManifest(kind: ResourceKind, body: JsonObject): ObjectManifest {
  const parsed = objectManifestSchema.safeParse({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    ...body,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw ApiError.badRequest(
      `${kind.kind} in version "${kind.version}" cannot be handled as a ${
        kind.kind
      }: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return parsed.data;
}

function requireKind(kind: ResourceKind, manifest: ObjectManifest): void {
  if (
    manifest.kind !== kind.kind ||
    manifest.apiVersion !== apiVersionOf(kind)
  ) {
    throw ApiError.badRequest(
      `${manifest.kind} in version "${manifest.apiVersion}" cannot be handled as a ${kind.kind}: no kind "${manifest.kind}" is registered for version "${manifest.apiVersion}" here`,
    );
  }
}

function requireSameObject(
  key: ObjectKey,
  current: KubernetesObject | undefined,
  wanted: ObjectManifest,
): void {
  requireKind(key.kind, wanted);
  const { name, namespace, uid, resourceVersion } = wanted.metadata;
  if (name && name !== key.name) {
    throw ApiError.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${key.name})`,
    );
  }
  if (namespace && namespace !== key.namespace) {
    throw ApiError.badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (uid && uid !== current?.metadata.uid) {
    throw ApiError.conflict(
      key.kind,
      key.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${
        current?.metadata.uid ?? ''
      }`,
    );
  }
  if (
    resourceVersion &&
    resourceVersion !== current?.metadata.resourceVersion
  ) {
    throw ApiError.conflict(key.kind, key.name);
  }
}

function requirePreconditions(
  key: ObjectKey,
  current: KubernetesObject,
  { preconditions }: DeleteOptions,
): void {
  for (const field of ['uid', 'resourceVersion'] as const) {
    const wanted = preconditions?.[field];
    if (wanted && wanted !== current.metadata[field]) {
      throw ApiError.conflict(
        key.kind,
        key.name,
        `Precondition failed: ${field} in precondition: ${wanted}, ${field} in object meta: ${current.metadata[field]}`,
      );
    }
  }
}

function keepIdentity(
  current: ObjectMetadata,
  next: ObjectManifest['metadata'],
): ObjectMetadata {
  const { managedFields: _, ...rest } = next;
  const kept: ObjectMetadata = {
    ...rest,
    name: current.name,
    uid: current.uid,
    resourceVersion: current.resourceVersion,
    creationTimestamp: current.creationTimestamp,
  };
  for (const field of [
    'namespace',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generateName',
  ]) {
    if (current[field] === undefined) {
      delete kept[field];
    } else {
      kept[field] = current[field];
    }
  }
  return kept;
}

function keepClusterIp(
  current: KubernetesObject,
  next: ObjectManifest,
): ObjectManifest {
  const before = isJsonObject(current.spec) ? current.spec : {};
  const after = isJsonObject(next.spec) ? next.spec : {};
  return {
    ...next,
    spec: {
      ...after,
      clusterIP: after.clusterIP ?? before.clusterIP,
      clusterIPs: after.clusterIPs ?? before.clusterIPs,
    },
  };
}

function lingers(kind: ResourceKind): boolean {
  return kind.kind === 'Pod' || kind.kind === 'Namespace';
}

function isScheduled(pod: KubernetesObject): boolean {
  return isJsonObject(pod.spec) && pod.spec.nodeName !== undefined;
}
