// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { KubernetesApi } from '../api/KubernetesApi';
import { ApiError } from '../model/ApiError';
import type { KindTable } from '../model/KindTable';
import type { ObjectStore } from '../store/ObjectStore';
import type { AccessToken, Authorizer } from './Authorizer';
import { discover } from './discovery';
import { listObjects } from './listObjects';
import type { NetworkConditions } from './NetworkConditions';
import { describeOpenApi } from './openApi';
import { parseResourcePath, type ResourcePath } from './parseResourcePath';
import { readBody } from './readBody';
import { reviewSelfAccess } from './reviewSelfAccess';
import type { RequestLog } from './RequestLog';
import { serveWatch, type WatchServing } from './serveWatch';
import { verbOf } from './verbOf';
import { writeObject } from './writeObject';

/** What the HTTP side of a simulated API server stands on. */
export interface KubernetesHttpOptions extends WatchServing {
  store: ObjectStore;
  kinds: KindTable;
  api: KubernetesApi;
  authorizer: Authorizer;
  network: NetworkConditions;
  requests: RequestLog;
  /** Text of a Pod's log. */
  podLog(path: ResourcePath): string;
  /** Hears of a fault of the simulator itself, answered as 500. */
  onError(error: unknown): void;
}

const HEALTH = new Set(['/healthz', '/livez', '/readyz']);

/** Answers the HTTP requests of one API server. */
export class KubernetesHttp {
  readonly #options: KubernetesHttpOptions;

  constructor(options: KubernetesHttpOptions) {
    this.#options = options;
  }

  /** Answers one request; never throws. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      if (await this.#options.network.admit(response)) {
        await this.#answer(request, response);
      }
    } catch (error) {
      this.#answerError(error, response);
    }
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { kinds, authorizer, requests } = this.#options;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = parseResourcePath(decodeURI(url.pathname), kinds);
    const method = request.method ?? 'GET';
    const verb = path && verbOf(method, path, url.searchParams);
    const entry = {
      method,
      url: request.url ?? '',
      verb,
      resource:
        path &&
        [path.kind.resource, path.subresource].filter(Boolean).join('/'),
      userAgent: request.headers['user-agent'],
    };
    if (HEALTH.has(url.pathname)) {
      requests.add(entry);
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
      return;
    }
    let token: AccessToken;
    try {
      token = authorizer.authenticate(request.headers.authorization);
    } catch (error) {
      requests.add(entry);
      throw error;
    }
    requests.add({ ...entry, user: token.user });
    const body = method === 'GET' ? undefined : await readBody(request);
    if (path && verb) {
      authorizer.require(token, { ...accessOf(path), verb });
      this.#serve({
        path,
        verb,
        request,
        query: url.searchParams,
        body,
        response,
      });
      return;
    }
    const answer =
      discover(url.pathname, kinds) ??
      describeOpenApi(url.pathname, kinds) ??
      reviewSelfAccess({
        path: url.pathname,
        method,
        body,
        token,
        authorizer,
        kinds,
      });
    if (!answer) {
      throw ApiError.notFoundMessage(
        'the server could not find the requested resource',
      );
    }
    sendJson(response, method === 'POST' ? 201 : 200, answer);
  }

  #serve(call: {
    path: ResourcePath;
    verb: string;
    request: IncomingMessage;
    query: URLSearchParams;
    body: JsonValue | undefined;
    response: ServerResponse;
  }): void {
    const { store, api } = this.#options;
    const { path, verb, query, response, body } = call;
    if (verb === 'watch') {
      serveWatch(this.#options, path, query, response);
    } else if (verb === 'list') {
      sendJson(response, 200, listObjects(store, path, query));
    } else if (path.subresource === 'log') {
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(this.#options.podLog(path));
    } else {
      const { status, answer } = writeObject(
        { store, api },
        {
          path,
          verb,
          body,
          query,
          contentType: call.request.headers['content-type'] ?? '',
        },
      );
      sendJson(response, status, answer);
    }
  }

  #answerError(error: unknown, response: ServerResponse): void {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      this.#options.onError(error);
      return;
    }
    if (error instanceof ApiError) {
      sendJson(response, error.code, error.toStatus());
      return;
    }
    this.#options.onError(error);
    const failure = new ApiError({
      code: 500,
      reason: 'InternalError',
      message: `Internal error occurred: ${String(error)}`,
    });
    sendJson(response, 500, failure.toStatus());
  }
}

function accessOf({ kind, namespace, name, subresource }: ResourcePath) {
  return { kind, namespace, name, subresource };
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: JsonObject,
): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    })
    .end(JSON.stringify(body));
}
