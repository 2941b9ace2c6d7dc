// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';

/** One change of one object, as the history keeps it and a watch tells it. */
export type StoreEvent = {
  resourceVersion: number;
  kind: ResourceKind;
  object: KubernetesObject;
} & (
  | { type: 'ADDED' }
  | { type: 'MODIFIED' | 'DELETED'; previous: KubernetesObject }
);
