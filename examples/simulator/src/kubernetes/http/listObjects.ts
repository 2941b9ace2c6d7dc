// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { ApiError } from '../model/ApiError';
import type { KubernetesObject } from '../model/KubernetesObject';
import { apiVersionOf } from '../model/ResourceKind';
import type { ObjectStore } from '../store/ObjectStore';
import { decodeContinue, encodeContinue } from './ContinueToken';
import { parseObjectFilter } from './parseObjectFilter';
import { parseInteger } from './parseInteger';
import type { ResourcePath } from './parseResourcePath';

const EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/**
 * Answers a list request: filtered, paged by `limit` and `continue`, every page of the same
 * version.
 *
 * @throws ApiError 410 when the history no longer holds the version of the first page, 504
 * when a version is asked for that does not exist yet.
 */
export function listObjects(
  store: ObjectStore,
  path: ResourcePath,
  query: URLSearchParams,
): JsonObject {
  const { kind, namespace } = path;
  const matches = parseObjectFilter(query, path);
  const limit = parseInteger(query, 'limit') ?? 0;
  const token = query.get('continue');
  const from = token ? decodeContinue(token) : undefined;
  refuseFuture(store, parseInteger(query, 'resourceVersion'));
  const resourceVersion =
    from && from.resourceVersion > 0
      ? from.resourceVersion
      : store.resourceVersion;
  const objects = store.listAt(kind, { namespace, resourceVersion });
  if (!objects) {
    throw ApiError.expired(
      EXPIRED,
      encodeContinue({ resourceVersion: -1, after: from?.after ?? '' }),
    );
  }
  const rest = objects.filter(
    object => matches(object) && (!from || keyOf(object) > from.after),
  );
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const remaining = rest.length - items.length;
  const unfiltered = !query.get('labelSelector') && !query.get('fieldSelector');
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata: {
      resourceVersion: String(resourceVersion),
      ...(remaining > 0
        ? {
            continue: encodeContinue({
              resourceVersion,
              after: keyOf(items[items.length - 1]),
            }),
            ...(unfiltered ? { remainingItemCount: remaining } : {}),
          }
        : {}),
    },
    items: items.map(({ apiVersion: _, kind: __, ...item }) => item),
  };
}

function refuseFuture(store: ObjectStore, asked: number | undefined): void {
  if (asked !== undefined && asked > store.resourceVersion) {
    throw new ApiError({
      code: 504,
      reason: 'Timeout',
      message: `Timeout: Too large resource version: ${asked}, current: ${store.resourceVersion}`,
      details: {
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
        retryAfterSeconds: 1,
      },
    });
  }
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
