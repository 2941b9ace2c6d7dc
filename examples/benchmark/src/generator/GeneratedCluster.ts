// SPDX-License-Identifier: Apache-2.0
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Place } from '../world/World';
import {
  deploymentBody,
  podText,
  replicaSetBody,
  type PlaceState,
} from './objectBodies';

type Kept = { place: Place; state: PlaceState; restarts: Map<number, number> };

const BOOKMARK_MS = 30_000;

/** One API server that makes its objects when it is asked for them. */
export class GeneratedCluster {
  readonly #kept: Kept[];
  readonly #byService = new Map<string, Kept[]>();
  readonly #watches = new Map<string, Set<ServerResponse>>();
  readonly #server = createServer((request, response) => {
    this.requests += 1;
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (this.silent) {
      return;
    }
    setTimeout(() => this.#answer(url, response), this.latencyMs);
  });
  #version = 1_000_000;
  #bookmarks: NodeJS.Timeout | undefined;

  requests = 0;
  bytes = 0;
  latencyMs = 0;
  /** Says nothing any more, and keeps every connection open. */
  silent = false;

  constructor(places: readonly Place[]) {
    this.#kept = places.map(place => ({
      place,
      state: { ready: place.pods, version: this.#version },
      restarts: new Map(),
    }));
    for (const kept of this.#kept) {
      const { service } = kept.place;
      this.#byService.set(service, [
        ...(this.#byService.get(service) ?? []),
        kept,
      ]);
    }
  }

  /** Listens on a free port of loopback and tells which. */
  async listen(): Promise<number> {
    this.#server.keepAliveTimeout = 120_000;
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    this.#bookmarks = setInterval(() => this.#bookmark(), BOOKMARK_MS);
    return portOf(this.#server.address());
  }

  close(): void {
    clearInterval(this.#bookmarks);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A container of some Pod starts anew. */
  restartPod(random: () => number): void {
    const kept = this.#kept[Math.floor(random() * this.#kept.length)];
    const index = Math.floor(random() * kept.place.pods);
    kept.restarts.set(index, (kept.restarts.get(index) ?? 0) + 1);
    this.#version += 1;
    this.#send('pods', this.#podText(kept, index));
  }

  /** A place says something else of itself; answers with what. */
  setReady(namespace: string, ready: number): boolean {
    const kept = this.#kept.find(one => one.place.namespace === namespace);
    if (!kept) {
      return false;
    }
    this.#version += 1;
    kept.state = { ready, version: this.#version };
    this.#send(
      'deployments',
      JSON.stringify(deploymentBody(kept.place, kept.state)),
    );
    return true;
  }

  #answer(url: URL, response: ServerResponse): void {
    const plural = url.pathname.split('/').at(-1) ?? '';
    if (url.searchParams.get('watch') === 'true') {
      this.#open(plural, response);
      return;
    }
    if (url.pathname.startsWith('/apis/metrics.k8s.io/')) {
      this.#end(response, '{"kind":"PodMetricsList","items":[]}');
      return;
    }
    const selector = /backstage\.io\/kubernetes-id=([\w-]+)/.exec(
      url.searchParams.get('labelSelector') ?? '',
    )?.[1];
    const chosen = selector ? this.#byService.get(selector) ?? [] : this.#kept;
    const limit = Number(url.searchParams.get('limit') ?? Infinity);
    const from = Number(url.searchParams.get('continue') ?? 0);
    const { items, next } = this.#items(plural, chosen, { from, limit });
    const more = next === undefined ? '' : `,"continue":"${next}"`;
    this.#end(
      response,
      `{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"${
        this.#version
      }"${more}},"items":[${items.join(',')}]}`,
    );
  }

  #items(
    plural: string,
    chosen: readonly Kept[],
    page: { from: number; limit: number },
  ): { items: string[]; next?: number } {
    const items: string[] = [];
    let at = 0;
    const wanted = () => at >= page.from;
    for (const kept of chosen) {
      const count = countOf(plural, kept.place);
      for (let index = 0; index < count; index += 1, at += 1) {
        if (wanted()) {
          if (items.length === page.limit) {
            return { items, next: at };
          }
          items.push(this.#text(plural, kept, index));
        }
      }
    }
    return { items };
  }

  #text(plural: string, kept: Kept, index: number): string {
    if (plural === 'pods') {
      return this.#podText(kept, index);
    }
    const body =
      plural === 'deployments'
        ? deploymentBody(kept.place, kept.state)
        : replicaSetBody(kept.place, kept.state);
    return JSON.stringify(body);
  }

  #podText(kept: Kept, index: number): string {
    return podText(kept.place, {
      index,
      restarts: kept.restarts.get(index) ?? 0,
      version: this.#version,
    });
  }

  #open(plural: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const here = this.#watches.get(plural) ?? new Set();
    this.#watches.set(plural, here.add(response));
    response.on('close', () => here.delete(response));
  }

  #send(plural: string, object: string): void {
    this.#write(plural, `{"type":"MODIFIED","object":${object}}\n`);
  }

  #bookmark(): void {
    for (const plural of this.#watches.keys()) {
      this.#write(
        plural,
        `{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"${
          this.#version
        }"}}}\n`,
      );
    }
  }

  #write(plural: string, line: string): void {
    if (this.silent) {
      return;
    }
    for (const response of this.#watches.get(plural) ?? []) {
      this.bytes += line.length;
      response.write(line);
    }
  }

  #end(response: ServerResponse, text: string): void {
    this.bytes += text.length;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  }
}

function countOf(plural: string, place: Place): number {
  switch (plural) {
    case 'pods':
      return place.pods;
    case 'deployments':
    case 'replicasets':
      return 1;
    default:
      return 0;
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') {
    throw new Error('The cluster does not listen on a port');
  }
  return address.port;
}
