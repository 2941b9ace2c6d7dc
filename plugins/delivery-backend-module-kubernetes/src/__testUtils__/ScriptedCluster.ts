// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { JsonObject } from '@backstage/types';

const KINDS: { [path: string]: { kind: string; apiVersion: string } } = {
  '/api/v1/pods': { kind: 'Pod', apiVersion: 'v1' },
  '/apis/apps/v1/deployments': { kind: 'Deployment', apiVersion: 'apps/v1' },
  '/apis/apps/v1/replicasets': { kind: 'ReplicaSet', apiVersion: 'apps/v1' },
  '/apis/apps/v1/statefulsets': { kind: 'StatefulSet', apiVersion: 'apps/v1' },
  '/api/v1/secrets': { kind: 'Secret', apiVersion: 'v1' },
  '/apis/apps/v1/daemonsets': { kind: 'DaemonSet', apiVersion: 'apps/v1' },
};

/** An object of the scripted cluster. */
export type ScriptedObject = JsonObject & {
  kind: string;
  metadata: JsonObject & { uid: string; name: string; namespace: string };
};

interface Watcher {
  kind: string;
  /** The version from which it was asked. */
  version: number;
  response: ServerResponse;
}

/**
 * An API server that says exactly what a test wants: lists in pages, watches line by line,
 * and every fault a real one could show.
 */
export class ScriptedCluster {
  /** How many items a page holds, whatever the client asks for. */
  pageSize = 500;
  /** The token it accepts. */
  token = 'watcher';
  /** Versions before this one are answered with 410. */
  oldestVersion = 0;
  /** Kinds that may not be seen. */
  readonly forbidden = new Set<string>();
  /** Namespace objects by name. */
  readonly namespaces = new Map<string, JsonObject>();
  /** What a request for a Namespace object is answered with instead of it. */
  namespaceStatus?: number;
  /** Answers in its place, as it likes; what it says `false` to gets the truth. */
  lie?: (
    request: { kind: string; watching: boolean },
    response: ServerResponse,
  ) => boolean;
  /** How many requests for Events were under way at once, at most. */
  eventsAtOnce = 0;
  /** Every request path and query, in order. */
  readonly requests: string[] = [];
  #silent = false;
  #events = 0;
  #version = 100;
  #port = 0;
  #server?: Server;
  readonly #objects = new Map<string, ScriptedObject>();
  #history: { version: number; type: string; object: ScriptedObject }[] = [];
  readonly #watchers = new Set<Watcher>();

  static async start(): Promise<ScriptedCluster> {
    const cluster = new ScriptedCluster();
    await cluster.bringBack();
    return cluster;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many watches are open. */
  get watching(): number {
    return this.#watchers.size;
  }

  /** Adds an object or puts it in the place of the one of its uid. */
  put(object: ScriptedObject): void {
    const known = this.#objects.has(object.metadata.uid);
    this.#record(known ? 'MODIFIED' : 'ADDED', object);
  }

  remove(uid: string): void {
    const object = this.#objects.get(uid);
    if (object) {
      this.#record('DELETED', object);
    }
  }

  /** Changes an object without telling any watch: only a new list shows it. */
  putSecretly(object: ScriptedObject): void {
    this.#version += 1;
    this.#objects.set(object.metadata.uid, this.#stamp(object));
  }

  /** Forgets the history: every open watch and every older version is too old. */
  compact(): void {
    this.oldestVersion = this.#version;
    this.#history = [];
  }

  /** Writes text into every open watch of a kind, as it is. */
  say(kind: string, text: string): void {
    this.#say({ kind, upTo: Infinity }, text);
  }

  /**
   * Writes a bookmark into every open watch, but for those of a version to come: like a real
   * server it tells them nothing until that version is there.
   */
  bookmark(): void {
    if (this.#silent) {
      return;
    }
    const metadata = { resourceVersion: String(this.#version) };
    for (const kind of new Set([...this.#watchers].map(each => each.kind))) {
      const object = { kind, metadata };
      this.#say(
        { kind, upTo: this.#version },
        `${JSON.stringify({ type: 'BOOKMARK', object })}\n`,
      );
    }
  }

  /** Tells the newest change of a kind once more. */
  tellTwice(kind: string): void {
    this.#retell(kind, -1);
  }

  /** Tells a change of a kind that others came after, as no server should. */
  tellOlder(kind: string): void {
    this.#retell(kind, -2);
  }

  /** Ends every open watch in good order. */
  endWatches(): void {
    for (const { response } of this.#watchers) {
      response.end();
    }
  }

  /** Cuts every connection; new ones are accepted. */
  cut(): void {
    this.#server?.closeAllConnections();
  }

  /** Accepts requests and answers none; open watches say no more. */
  goSilent(): void {
    this.#silent = true;
  }

  speakAgain(): void {
    this.#silent = false;
    this.cut();
  }

  /** Refuses connections. */
  takeDown(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
  }

  async bringBack(): Promise<void> {
    const server = createServer((request, response) =>
      this.#answer(request, response),
    );
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) {
      this.#port = address.port;
    }
    this.#server = server;
  }

  #retell(kind: string, place: number): void {
    const told = this.#history
      .filter(({ object }) => object.kind === kind)
      .at(place);
    if (told) {
      const { object, type } = told;
      this.say(kind, `${JSON.stringify({ type, object })}\n`);
    }
  }

  #record(type: string, object: ScriptedObject): void {
    this.#version += 1;
    const stamped = this.#stamp(object);
    if (type === 'DELETED') {
      this.#objects.delete(object.metadata.uid);
    } else {
      this.#objects.set(object.metadata.uid, stamped);
    }
    this.#history.push({ version: this.#version, type, object: stamped });
    if (!this.#silent) {
      this.#say(
        { kind: object.kind, upTo: this.#version },
        `${JSON.stringify({ type, object: stamped })}\n`,
      );
    }
  }

  /** Writes into the open watches of a kind that were asked from a version up to that one. */
  #say({ kind, upTo }: { kind: string; upTo: number }, text: string): void {
    for (const { response, ...watcher } of this.#watchers) {
      if (
        watcher.kind === kind &&
        watcher.version <= upTo &&
        !response.writableEnded
      ) {
        response.write(text);
      }
    }
  }

  #stamp(object: ScriptedObject): ScriptedObject {
    const metadata = {
      ...object.metadata,
      resourceVersion: String(this.#version),
    };
    return { ...object, metadata };
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request.url ?? '');
    if (this.#silent) {
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      sendStatus(response, 401, 'Unauthorized');
      return;
    }
    const namespace = /^\/api\/v1\/namespaces\/([^/]+)$/.exec(url.pathname);
    if (namespace) {
      const found = this.namespaces.get(namespace[1]);
      if (this.namespaceStatus) {
        sendStatus(response, this.namespaceStatus, 'no namespace now');
      } else if (found) {
        response.end(JSON.stringify(found));
      } else {
        sendStatus(response, 404, `namespaces "${namespace[1]}" not found`);
      }
      return;
    }
    if (url.pathname.endsWith('/events')) {
      this.#answerEvents(response);
      return;
    }
    const known = KINDS[url.pathname];
    if (!known || this.forbidden.has(known.kind)) {
      sendStatus(response, 403, `User "watcher" cannot list ${url.pathname}`);
      return;
    }
    const watching = url.searchParams.get('watch') === 'true';
    if (this.lie?.({ kind: known.kind, watching }, response)) {
      return;
    }
    if (watching) {
      this.#watch(known.kind, url.searchParams, response);
    } else {
      this.#list(known, url.searchParams, response);
    }
  }

  /** There are none, which takes a moment to find out. */
  #answerEvents(response: ServerResponse): void {
    this.#events += 1;
    this.eventsAtOnce = Math.max(this.eventsAtOnce, this.#events);
    setTimeout(() => {
      this.#events -= 1;
      const metadata = { resourceVersion: String(this.#version) };
      response.end(JSON.stringify({ metadata, items: [] }));
    }, 5);
  }

  #list(
    { kind, apiVersion }: { kind: string; apiVersion: string },
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const from = Number(query.get('continue') ?? 0);
    const all = [...this.#objects.values()].filter(each => each.kind === kind);
    const size = Math.min(this.pageSize, Number(query.get('limit') ?? 500));
    const next = from + size;
    const resourceVersion = String(this.#version);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        kind: `${kind}List`,
        apiVersion,
        metadata: {
          resourceVersion,
          ...(next < all.length ? { continue: String(next) } : {}),
        },
        items: all.slice(from, next),
      }),
    );
  }

  #watch(kind: string, query: URLSearchParams, response: ServerResponse): void {
    const version = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (version < this.oldestVersion) {
      const status = {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: `too old resource version: ${version}`,
      };
      response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
      return;
    }
    for (const each of this.#history) {
      if (each.version > version && each.object.kind === kind) {
        const { type, object } = each;
        response.write(`${JSON.stringify({ type, object })}\n`);
      }
    }
    const watcher = { kind, version, response };
    this.#watchers.add(watcher);
    response.once('close', () => this.#watchers.delete(watcher));
  }
}

function sendStatus(
  response: ServerResponse,
  code: number,
  message: string,
): void {
  response
    .writeHead(code, { 'content-type': 'application/json' })
    .end(JSON.stringify({ kind: 'Status', code, message }));
}
