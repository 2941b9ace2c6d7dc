// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import { isJsonObject, type ObjectManifest } from '../model/KubernetesObject';
import { randomSuffix } from '../model/nameSuffix';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';
import { defaultObject } from './defaultObject';
import { requireKind } from './requireSameObject';

/**
 * The object a create will store: named, defaulted, without what only the server may set.
 *
 * @throws ApiError 400 for another namespace or a version, 422 without a name.
 */
export function prepareNewObject(
  kind: ResourceKind,
  request: {
    namespace?: string;
    manifest: ObjectManifest;
    /** A number that no Service has had before. */
    serial: number;
  },
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
  return admit(kind, request.serial, {
    ...(kind.subresources?.includes('status')
      ? withoutStatus
      : { ...withoutStatus, ...(status === undefined ? {} : { status }) }),
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: { ...kept, name, ...(namespace ? { namespace } : {}) },
  });
}

function admit(
  kind: ResourceKind,
  serial: number,
  manifest: ObjectManifest,
): ObjectManifest {
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
      return withClusterIp(object, serial);
    default:
      return object;
  }
}

function withClusterIp(
  service: ObjectManifest,
  serial: number,
): ObjectManifest {
  const spec = isJsonObject(service.spec) ? service.spec : {};
  const number = serial % 60_000;
  const clusterIP =
    spec.clusterIP ?? `10.96.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  return {
    ...service,
    spec: { ...spec, clusterIP, clusterIPs: [clusterIP] },
    status: { loadBalancer: {} },
  };
}
