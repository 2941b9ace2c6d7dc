// SPDX-License-Identifier: Apache-2.0
import { DeliveryClient } from 'backstage-plugin-delivery-common';
import { z } from 'zod';

const sessionSchema = z.object({
  backstageIdentity: z.object({
    token: z.string(),
    identity: z.object({ userEntityRef: z.string() }),
  }),
});

/** One answer of the portal. */
export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** The portal's HTTP API as one of the demo users. */
export class PortalApi {
  /** Delivery's own client, as this user. */
  readonly delivery: DeliveryClient;
  readonly #address: string;
  readonly #user: string;

  constructor(options: { address: string; user: string }) {
    this.#address = options.address;
    this.#user = options.user;
    this.delivery = new DeliveryClient({
      discoveryApi: {
        getBaseUrl: async plugin => `${options.address}/api/${plugin}`,
      },
      fetchApi: {
        fetch: async (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...Object.fromEntries(new Headers(init?.headers)),
              authorization: `Bearer ${(await this.#session()).token}`,
            },
          }),
      },
    });
  }

  /** Signs in and answers the entity ref of the user. */
  async whoAmI(): Promise<string> {
    return (await this.#session()).identity.userEntityRef;
  }

  /** A token with which the portal lets this user in. */
  async token(): Promise<string> {
    return (await this.#session()).token;
  }

  /** Sends a request and answers whatever came back, refusals included. */
  async send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { token } = await this.#session();
    const response = await fetch(`${this.#address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...options.headers,
      },
      body:
        options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? parsed(text) : undefined,
      headers: response.headers,
    };
  }

  /**
   * Gets a resource of a known shape.
   *
   * @throws Error when it is refused or has another shape.
   */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = await this.send('GET', path);
    if (answer.status !== 200) {
      throw new Error(
        `GET ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
    }
    return schema.parse(answer.body);
  }

  async #session() {
    const response = await fetch(`${this.#address}/api/auth/demo/refresh`, {
      headers: { 'x-demo-user': this.#user },
    });
    if (!response.ok) {
      throw new Error(`${this.#user} may not sign in: ${response.status}`);
    }
    return sessionSchema.parse(await response.json()).backstageIdentity;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
