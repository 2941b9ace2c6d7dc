// SPDX-License-Identifier: Apache-2.0
import { Agent, request } from 'node:http';
import { createGunzip } from 'node:zlib';
import { mockCredentials } from '@backstage/backend-test-utils';
import { componentOf, PEOPLE } from '../backend/catalogEntities';
import { randomFrom } from '../world/randomFrom';
import { serviceName, type WorldSize } from '../world/World';

/** Whose page is looked at. */
export type Side = 'delivery' | 'kubernetes';

/** One answer as a browser gets it. */
export type View = {
  status: number;
  /** From asking to the last byte. */
  milliseconds: number;
  /** What went over the wire, headers included. */
  wireBytes: number;
  etag?: string;
  text: string;
};

/** People who look at services, over connections that stay open as a browser's do. */
export class Viewers {
  readonly #base: string;
  readonly #size: WorldSize;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 400 });
  readonly #random: () => number;
  readonly #tokens = Array.from({ length: PEOPLE }, (_, index) =>
    mockCredentials.user.token(`user:default/person-${index}`),
  );

  constructor(options: { base: string; size: WorldSize; seed: number }) {
    this.#base = options.base;
    this.#size = options.size;
    this.#random = randomFrom(options.seed);
  }

  /** A Service at random. */
  anyService(): number {
    return Math.floor(this.#random() * this.#size.services);
  }

  /** Looks at a Service once. */
  view(
    side: Side,
    options: {
      service: number;
      person: number;
      etag?: string;
      read?: boolean;
    },
  ): Promise<View> {
    const name = serviceName(options.service);
    return side === 'delivery'
      ? this.get(`/api/delivery/v1/services/component/default/${name}`, options)
      : this.get(`/api/kubernetes/services/${name}`, {
          ...options,
          body: JSON.stringify({
            auth: {},
            entity: componentOf(this.#size, options.service),
          }),
        });
  }

  /** One request as a browser makes it. */
  get(
    path: string,
    options: { person: number; etag?: string; body?: string; read?: boolean },
  ): Promise<View> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const asking = request(`${this.#base}${path}`, {
        agent: this.#agent,
        method: options.body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${this.#tokens[options.person % PEOPLE]}`,
          'accept-encoding': 'gzip',
          ...(options.etag ? { 'if-none-match': options.etag } : {}),
          ...(options.body ? { 'content-type': 'application/json' } : {}),
        },
      });
      let before = 0;
      let bytesRead = () => 0;
      asking.on('socket', socket => {
        before = socket.bytesRead;
        bytesRead = () => socket.bytesRead;
      });
      asking.on('error', reject);
      asking.on('response', response => {
        const done = (text: string) =>
          resolve({
            status: response.statusCode ?? 0,
            milliseconds: performance.now() - began,
            wireBytes: bytesRead() - before,
            etag: response.headers.etag,
            text,
          });
        response.on('error', reject);
        if (!options.read) {
          response.resume();
          response.on('end', () => done(''));
          return;
        }
        const zipped = response.headers['content-encoding'] === 'gzip';
        const body = zipped ? response.pipe(createGunzip()) : response;
        const pieces: Buffer[] = [];
        body.on('data', piece => pieces.push(piece));
        body.on('end', () => done(Buffer.concat(pieces).toString('utf8')));
      });
      asking.end(options.body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
