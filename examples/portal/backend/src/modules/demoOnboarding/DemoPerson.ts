// SPDX-License-Identifier: Apache-2.0
import type { DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { DeliveryClient } from 'backstage-plugin-delivery-common';
import { z } from 'zod';

const sessionSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});

/** One of the demo users, acting through the portal's public API. */
export class DemoPerson {
  readonly ref: string;
  readonly delivery: DeliveryClient;
  readonly #name: string;
  readonly #discovery: DiscoveryService;

  constructor(options: { name: string; discovery: DiscoveryService }) {
    this.#name = options.name;
    this.#discovery = options.discovery;
    this.ref = `user:default/${options.name}`;
    this.delivery = new DeliveryClient({
      discoveryApi: options.discovery,
      fetchApi: {
        fetch: async (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...Object.fromEntries(new Headers(init?.headers)),
              authorization: `Bearer ${await this.#token()}`,
            },
          }),
      },
    });
  }

  /**
   * Asks a plugin of the portal for something of a known shape.
   *
   * @throws ResponseError when it is refused.
   */
  async request<T>(options: {
    plugin: string;
    path: string;
    schema: z.ZodType<T>;
    body?: unknown;
    signal: AbortSignal;
  }): Promise<T> {
    const { plugin, path, schema, body, signal } = options;
    const base = await this.#discovery.getBaseUrl(plugin);
    const response = await fetch(`${base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${await this.#token()}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }

  async #token(): Promise<string> {
    const base = await this.#discovery.getBaseUrl('auth');
    const response = await fetch(`${base}/demo/refresh`, {
      headers: { 'x-demo-user': this.#name },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return sessionSchema.parse(await response.json()).backstageIdentity.token;
  }
}
