// SPDX-License-Identifier: Apache-2.0
import type {
  KubernetesObject,
  OwnerReference,
} from '../model/KubernetesObject';

/** The owner reference by which a controller marks what it made. */
export function controllerReference(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
