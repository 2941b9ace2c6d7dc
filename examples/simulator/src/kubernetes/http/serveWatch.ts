// SPDX-License-Identifier: Apache-2.0
import { randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@backstage/types';
import { ApiError } from '../model/ApiError';
import type { ObjectStore } from '../store/ObjectStore';
import { parseInteger } from './parseInteger';
import { parseObjectFilter } from './parseObjectFilter';
import type { ResourcePath } from './parseResourcePath';
import type { NetworkConditions } from './NetworkConditions';
import { bookmarkOf, watchEventOf } from './watchEvents';

/** How a watch is served. */
export interface WatchServing {
  store: ObjectStore;
  network: NetworkConditions;
  /** How often a watch that asked for bookmarks gets one, in milliseconds. */
  bookmarkEveryMs: number;
  /** Whether `sendInitialEvents` is served; 422 otherwise, as without the WatchList feature. */
  streamingLists: boolean;
}

/**
 * Streams the changes of a collection, one JSON object per line, until the caller leaves or
 * `timeoutSeconds` are over.
 *
 * @remarks
 * Without `resourceVersion` (or with 0) the present objects come first as ADDED. From a
 * version the history no longer holds, the stream is one ERROR line with a 410 Status.
 *
 * @throws ApiError 400, 422 for parameters that cannot be served.
 */
export function serveWatch(
  serving: WatchServing,
  path: ResourcePath,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const { store } = serving;
  const { kind } = path;
  const matches = parseObjectFilter(query, path);
  const from = parseInteger(query, 'resourceVersion') ?? 0;
  const timeoutSeconds =
    parseInteger(query, 'timeoutSeconds') || randomInt(1800, 3600);
  const bookmarks = isTrue(query, 'allowWatchBookmarks');
  const initialEvents = wantsInitialEvents(serving, path, query);
  const changes =
    from === 0 || initialEvents ? [] : store.changesSince(kind, from);

  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
    'transfer-encoding': 'chunked',
  });
  response.flushHeaders();
  const write = (line: JsonObject) => {
    serving.network.deliver(response, `${JSON.stringify(line)}\n`);
  };
  if (!changes) {
    const error = ApiError.expired(
      `too old resource version: ${from} (${store.compactedAt(kind)})`,
    );
    write({ type: 'ERROR', object: error.toStatus() });
    serving.network.finish(response);
    return;
  }
  if (from === 0 || initialEvents) {
    for (const object of store.list(kind, path.namespace).filter(matches)) {
      write({ type: 'ADDED', object });
    }
  }
  const bookmark = (initialEventsEnd = false) =>
    write(
      bookmarkOf({
        kind,
        resourceVersion: store.resourceVersion,
        initialEventsEnd,
      }),
    );
  if (initialEvents) {
    bookmark(true);
  }
  for (const event of changes) {
    const line = watchEventOf(event, matches);
    if (line) {
      write(line);
    }
  }

  const unsubscribe = store.subscribe(event => {
    const line = event.kind === kind ? watchEventOf(event, matches) : undefined;
    if (line) {
      write(line);
    }
  });
  const ticking = bookmarks
    ? setInterval(bookmark, serving.bookmarkEveryMs)
    : undefined;
  const ending = setTimeout(() => {
    if (bookmarks) {
      bookmark();
    }
    serving.network.finish(response);
  }, timeoutSeconds * 1000);
  response.once('close', () => {
    unsubscribe();
    clearInterval(ticking);
    clearTimeout(ending);
  });
}

function wantsInitialEvents(
  serving: WatchServing,
  path: ResourcePath,
  query: URLSearchParams,
): boolean {
  if (!query.has('sendInitialEvents')) {
    return false;
  }
  if (!serving.streamingLists) {
    throw ApiError.invalid(
      { ...path.kind, kind: 'ListOptions', group: 'meta.k8s.io' },
      '',
      [
        {
          field: 'sendInitialEvents',
          message:
            'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
          reason: 'FieldValueForbidden',
        },
      ],
    );
  }
  return isTrue(query, 'sendInitialEvents');
}

function isTrue(query: URLSearchParams, name: string): boolean {
  return ['true', '1'].includes(query.get(name) ?? '');
}
