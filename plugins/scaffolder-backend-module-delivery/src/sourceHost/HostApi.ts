// SPDX-License-Identifier: Apache-2.0
import { ForwardedError, InputError, NotAllowedError } from '@backstage/errors';
import { z } from 'zod';

const TIMEOUT_MS = 15_000;

const refusalSchema = z.object({ message: z.json() });

/** What is sent beside the address. */
export type HostRequest = {
  /** `GET` when absent. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  body?: object;
};

/** Sends a request with the portal's credentials; undefined when there is no such thing. */
export type Send = (path: string, request?: HostRequest) => Promise<unknown>;

/** The REST API of a source host, with the portal's credentials. */
export class HostApi {
  readonly #host: string;
  readonly #baseUrl: string;
  readonly #section: string;

  constructor(options: {
    host: string;
    /** Without a slash at the end. */
    baseUrl: string;
    /** The part of the configuration that has the credentials. */
    section: string;
  }) {
    this.#host = options.host;
    this.#baseUrl = options.baseUrl;
    this.#section = options.section;
  }

  /**
   * Sends a request and gives what it was answered; undefined when there is no such thing.
   *
   * @throws NotAllowedError when the credentials are refused; InputError with the host's own
   * words when it does not take the request; ForwardedError when it cannot be reached.
   */
  async send(
    path: string,
    options: HostRequest & {
      headers: Record<string, string>;
      signal?: AbortSignal;
    },
  ): Promise<unknown> {
    const { headers, method = 'GET', body, signal } = options;
    const doing = `${method === 'GET' ? 'asking' : 'telling'} ${this.#host} ${
      method === 'GET' ? 'for ' : 'about '
    }${path.split('?')[0]}`;
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    try {
      response = await fetch(`${this.#baseUrl}${path}`, {
        method,
        headers: {
          ...headers,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
    } catch (error) {
      throw new ForwardedError(`${this.#host} cannot be reached`, error);
    }
    if (response.status === 404 && method === 'GET') {
      return undefined;
    }
    if (response.status === 401 || response.status === 403) {
      throw new NotAllowedError(
        `${this.#host} refused the portal's credentials (${
          response.status
        }) when ${doing}; check ${this.#section}`,
      );
    }
    if (!response.ok) {
      throw await refusalOf(
        response,
        `${this.#host} answered ${response.status} when ${doing}`,
      );
    }
    return response.json();
  }
}

async function refusalOf(response: Response, what: string): Promise<Error> {
  if (response.status >= 500) {
    return new Error(what);
  }
  const said = refusalSchema.safeParse(
    await response.json().catch(() => undefined),
  );
  return new InputError(
    said.success
      ? `${what}: ${JSON.stringify(said.data.message).slice(0, 300)}`
      : what,
  );
}
