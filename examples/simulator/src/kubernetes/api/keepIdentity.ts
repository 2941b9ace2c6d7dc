// SPDX-License-Identifier: Apache-2.0
import {
  isJsonObject,
  type KubernetesObject,
  type ObjectManifest,
  type ObjectMetadata,
} from '../model/KubernetesObject';

/** The metadata of a changed object: what only the server sets stays as it was. */
export function keepIdentity(
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

/** A changed Service with the address it was given, unless the change names one. */
export function keepClusterIp(
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
