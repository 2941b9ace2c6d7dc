// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';
import { WatchReader } from './WatchReader';

/** The answer of an API server, parsed. */
export interface ApiAnswer {
  status: number;
  body: JsonObject;
}

/** A request to an API server. */
export interface ApiRequest {
  method?: string;
  path: string;
  body?: unknown;
  contentType?: string;
  /** The token to use instead of the client's own; none when empty. */
  token?: string;
}

/** The smallest client of an API server that a test can see through. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;

  constructor(options: { url: string; token: string }) {
    this.#url = options.url;
    this.#token = options.token;
  }

  /** Sends one request and parses the answer. */
  async send(request: ApiRequest): Promise<ApiAnswer> {
    const response = await fetch(`${this.#url}${request.path}`, {
      method: request.method ?? 'GET',
      headers: {
        ...this.#authorization(request.token),
        ...(request.body === undefined
          ? {}
          : { 'content-type': request.contentType ?? 'application/json' }),
      },
      body:
        request.body === undefined ? undefined : JSON.stringify(request.body),
    });
    const body: unknown = await response.json();
    return { status: response.status, body: isJsonObject(body) ? body : {} };
  }

  /** Sends a request that must succeed, and gives its body. */
  async ok(request: ApiRequest): Promise<JsonObject> {
    const { status, body } = await this.send(request);
    if (status >= 300) {
      throw new Error(
        `${request.method ?? 'GET'} ${request.path} was answered ${status}: ${
          body.message
        }`,
      );
    }
    return body;
  }

  /** Opens a watch; closing it is the caller's part. */
  async watch(path: string): Promise<WatchReader> {
    const stop = new AbortController();
    const response = await fetch(`${this.#url}${path}`, {
      headers: this.#authorization(),
      signal: stop.signal,
    });
    if (!response.ok || !response.body) {
      throw new Error(`The watch ${path} was answered ${response.status}`);
    }
    return new WatchReader(response.body, () => stop.abort());
  }

  #authorization(token = this.#token): { [name: string]: string } {
    return token === '' ? {} : { authorization: `Bearer ${token}` };
  }
}
