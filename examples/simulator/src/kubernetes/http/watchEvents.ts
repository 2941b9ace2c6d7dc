// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';
import type { StoreEvent } from '../store/StoreEvent';
import type { ObjectFilter } from './parseObjectFilter';

/**
 * The line a watch writes for a change, or undefined when the watch does not see it.
 *
 * @remarks
 * An object that comes to match the selector is ADDED to the watch, and one that stops
 * matching is DELETED from it, whatever happened to the object itself.
 */
export function watchEventOf(
  event: StoreEvent,
  matches: ObjectFilter,
): JsonObject | undefined {
  const after = event.type !== 'DELETED' && matches(event.object);
  const before = event.type !== 'ADDED' && matches(event.previous);
  if (!after && !before) {
    return undefined;
  }
  if (after) {
    return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  }
  if (event.type === 'MODIFIED') {
    const { metadata } = event.previous;
    const { resourceVersion } = event.object.metadata;
    return {
      type: 'DELETED',
      object: { ...event.previous, metadata: { ...metadata, resourceVersion } },
    };
  }
  return { type: 'DELETED', object: event.object };
}

/** The line that tells a watch how far it has come, without a change. */
export function bookmarkOf(options: {
  kind: ResourceKind;
  resourceVersion: number;
  initialEventsEnd?: boolean;
}): JsonObject {
  return {
    type: 'BOOKMARK',
    object: {
      kind: options.kind.kind,
      apiVersion: apiVersionOf(options.kind),
      metadata: {
        resourceVersion: String(options.resourceVersion),
        creationTimestamp: null,
        ...(options.initialEventsEnd
          ? { annotations: { 'k8s.io/initial-events-end': 'true' } }
          : {}),
      },
    },
  };
}
