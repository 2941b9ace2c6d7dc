// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import type {
  KubernetesObject,
  ObjectManifest,
} from '../model/KubernetesObject';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';
import type { ObjectKey } from '../store/ObjectStore';

/**
 * Checks that a manifest is of a kind.
 *
 * @throws ApiError 400 when it is of another.
 */
export function requireKind(
  kind: ResourceKind,
  manifest: ObjectManifest,
): void {
  if (
    manifest.kind !== kind.kind ||
    manifest.apiVersion !== apiVersionOf(kind)
  ) {
    throw ApiError.badRequest(
      `${manifest.kind} in version "${manifest.apiVersion}" cannot be handled as a ${kind.kind}: no kind "${manifest.kind}" is registered for version "${manifest.apiVersion}" here`,
    );
  }
}

/**
 * Checks that a body speaks of the object in the path, in the version that is stored.
 *
 * @throws ApiError 400 for another name or namespace, 409 for another identity or version.
 */
export function requireSameObject(
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
