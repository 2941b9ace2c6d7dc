// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';

/**
 * A classic chart repository, Gate's webhooks, the commit statuses of several source hosts, and a
 * chat, on loopback, for scripts that speak to them with curl.
 */
export class VendorServer {
  /** Charts that others publish below `/published`: packages by file name. */
  readonly published = new Map<string, Buffer>();
  /** Packages by file name. */
  readonly charts = new Map<string, Buffer>();
  /** Everything that came in on `/webhooks/webhook/<source>`. */
  readonly webhooks: { source: string; body: unknown }[] = [];
  /** The Authorization headers that were sent. */
  readonly authorizations: (string | undefined)[] = [];
  /** The PRIVATE-TOKEN headers that were sent. */
  readonly privateTokens: (string | string[] | undefined)[] = [];
  /** The commit statuses that were set. */
  readonly statuses: { commit: string; status: unknown }[] = [];
  /** What channels were told. */
  readonly notifications: unknown[] = [];
  /** What Gate answers to a webhook. */
  gateAnswer = { status: 200, body: '{"eventProcessed":true,"eventId":"1"}' };
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<VendorServer> {
    const server = createServer();
    const vendors = new VendorServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        vendors.authorizations.push(request.headers.authorization);
        vendors.privateTokens.push(request.headers['private-token']);
        const { status, body } = vendors.#answer(
          request.method ?? '',
          request.url ?? '',
          Buffer.concat(chunks),
        );
        response.writeHead(status);
        response.end(body);
      });
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return vendors;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) {
      throw new Error('The server does not listen');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** Forgets what the builds sent; what others publish stays. */
  reset(): void {
    this.charts.clear();
    this.webhooks.length = 0;
    this.statuses.length = 0;
    this.notifications.length = 0;
    this.authorizations.length = 0;
    this.privateTokens.length = 0;
    this.gateAnswer = {
      status: 200,
      body: '{"eventProcessed":true,"eventId":"1"}',
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #isSet(commit: string, status: unknown): boolean {
    const wanted = JSON.stringify({ commit, status });
    return this.statuses.some(one => JSON.stringify(one) === wanted);
  }

  #answer(
    method: string,
    url: string,
    body: Buffer,
  ): { status: number; body: string | Buffer } {
    if (method === 'POST' && url === '/api/charts') {
      const file = fileName(body);
      if (this.charts.has(file)) {
        return { status: 409, body: '{"error":"file already exists"}' };
      }
      this.charts.set(file, body);
      return { status: 201, body: '{"saved":true}' };
    }
    if (method === 'GET' && url.startsWith('/charts/')) {
      const found = this.charts.get(url.slice('/charts/'.length));
      return found ? { status: 200, body: found } : { status: 404, body: '' };
    }
    if (method === 'GET' && url === '/published/index.yaml') {
      return { status: 200, body: index(this.published) };
    }
    if (method === 'GET' && url.startsWith('/published/')) {
      const found = this.published.get(url.slice('/published/'.length));
      return found ? { status: 200, body: found } : { status: 404, body: '' };
    }
    const source = /^\/webhooks\/webhook\/(.+)$/.exec(url)?.[1];
    if (method === 'POST' && source) {
      this.webhooks.push({ source, body: JSON.parse(body.toString()) });
      return this.gateAnswer;
    }
    const bitbucket =
      /^\/bitbucket\/rest\/api\/1\.0\/projects\/north\/repos\/orders\/commits\/(\w+)\/builds$/.exec(
        url,
      );
    const cloud =
      /^\/2\.0\/repositories\/northwind\/orders\/commit\/(\w+)\/statuses\/build$/.exec(
        url,
      );
    if (method === 'POST' && cloud) {
      this.statuses.push({
        commit: cloud[1],
        status: JSON.parse(body.toString()),
      });
      return { status: 201, body: '{}' };
    }
    if (method === 'POST' && bitbucket) {
      this.statuses.push({
        commit: bitbucket[1],
        status: JSON.parse(body.toString()),
      });
      return { status: 204, body: '' };
    }
    const [, commit] =
      /^\/(?:api\/v3|gitea\/api\/v1)\/repos\/northwind\/orders\/statuses\/(\w+)$/.exec(
        url,
      ) ??
      /^\/northwind\/payments\/_apis\/git\/repositories\/orders\/commits\/(\w+)\/statuses\?api-version=7\.1$/.exec(
        url,
      ) ??
      /^\/gitlab\/api\/v4\/projects\/northwind%2Fpayments%2Forders\/statuses\/(\w+)$/.exec(
        url,
      ) ??
      [];
    if (method === 'POST' && commit) {
      const status = JSON.parse(body.toString());
      if (url.startsWith('/gitlab/') && this.#isSet(commit, status)) {
        return {
          status: 400,
          body: '{"message":"Cannot transition status via :succeed from :success"}',
        };
      }
      this.statuses.push({ commit, status });
      return { status: 201, body: '{}' };
    }
    if (method === 'POST' && url === '/hooks/secret-address') {
      this.notifications.push(JSON.parse(body.toString()));
      return { status: 200, body: 'ok' };
    }
    return { status: 404, body: '' };
  }
}

/** The index of a classic chart repository. */
function index(packages: ReadonlyMap<string, Buffer>): string {
  const entries: Record<string, object[]> = {};
  for (const [file, content] of packages) {
    const [, name, version] = /^(.+?)-(\d.*)\.tgz$/.exec(file) ?? [];
    const digest = createHash('sha256').update(content).digest('hex');
    (entries[name] ??= []).push({
      apiVersion: 'v2',
      name,
      version,
      digest,
      urls: [file],
    });
  }
  return stringify({ apiVersion: 'v1', entries });
}

/** The name that Chart.yaml inside a package gives it. */
function fileName(content: Buffer): string {
  const text = gunzipSync(content).toString('latin1');
  const [, name] = /^name: (\S+)$/m.exec(text) ?? [];
  const [, version] = /^version: (\S+)$/m.exec(text) ?? [];
  return `${name}-${version}.tgz`;
}
