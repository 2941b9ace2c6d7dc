// SPDX-License-Identifier: Apache-2.0
import type { ResourceKind } from '../model/ResourceKind';
import type { ObjectKey } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import { ownerKeyOf } from './ownerKeyOf';

/** What of a kind whose objects own Pods must be looked at: the object that changed, or the owner of the Pod that did. */
export function affectedWorkloads(
  own: ResourceKind,
  { kind, type, object }: StoreEvent,
): ObjectKey[] {
  const { name, namespace } = object.metadata;
  if (kind === own) {
    return type === 'DELETED' ? [] : [{ kind, namespace, name }];
  }
  const owner = kind.kind === 'Pod' ? ownerKeyOf(object, own) : undefined;
  return owner ? [owner] : [];
}
