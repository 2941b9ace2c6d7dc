// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';
import type { ObjectKey } from '../store/ObjectStore';

/** The object of a kind that controls another, or undefined when something else or nothing does. */
export function ownerKeyOf(
  object: KubernetesObject,
  kind: ResourceKind,
): ObjectKey | undefined {
  const owner = object.metadata.ownerReferences?.find(
    each => each.controller && each.kind === kind.kind,
  );
  return (
    owner && { kind, namespace: object.metadata.namespace, name: owner.name }
  );
}
