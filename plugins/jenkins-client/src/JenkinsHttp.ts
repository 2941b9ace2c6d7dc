// SPDX-License-Identifier: Apache-2.0
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { readLimited } from './readLimited';

/** One request to a Jenkins controller. */
export type JenkinsRequest = {
  method?: 'GET' | 'POST';
  /** Path below the controller's address, already encoded. */
  path: string;
  query?: Record<string, string>;
  body?: { contentType: string; text: string };
  signal?: AbortSignal;
  /** Statuses that are an answer rather than a fault; 2xx always are. */
  accept?: number[];
  /** The largest body that is read, in bytes. */
  maxBytes?: number;
};

/** An answer whose body has been read up to the limit. */
export type JenkinsAnswer = { status: number; headers: Headers; body: Buffer };

/** How a controller is reached. */
export type JenkinsHttpOptions = {
  baseUrl: string;
  username: string;
  apiToken: string;
  fetch?: typeof fetch;
  timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_BYTES = 5 * 1024 * 1024;

/**
 * Sends requests to one controller and turns its faults into errors for people.
 *
 * @remarks
 * Redirects are never followed: the token must not reach another address, and Jenkins
 * redirects an API call only when something is set up wrongly. Messages name the host and
 * never the token.
 */
export class JenkinsHttp {
  /** The controller's host, for messages. */
  readonly host: string;
  readonly #baseUrl: string;
  readonly #authorization: string;
  readonly #username: string;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;

  constructor(options: JenkinsHttpOptions) {
    const url = URL.canParse(options.baseUrl)
      ? new URL(options.baseUrl)
      : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) {
      throw new InputError(
        'The baseUrl of Jenkins must be an http or https address',
      );
    }
    if (url.username || url.password) {
      throw new InputError(
        `The baseUrl of Jenkins at ${url.host} must not carry credentials; set username and apiToken`,
      );
    }
    this.host = url.host;
    this.#baseUrl = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    this.#username = options.username;
    this.#authorization = `Basic ${Buffer.from(
      `${options.username}:${options.apiToken}`,
    ).toString('base64')}`;
    // Looked up on each call, so that a test may put an interceptor in place later.
    this.#fetch =
      options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** The address of a page for people. */
  pageUrl(path: string): string {
    return `${this.#baseUrl}${path}/`;
  }

  /**
   * Sends one request.
   *
   * @throws AuthenticationError for 401, NotAllowedError for 403, and ServiceUnavailableError
   * when the controller cannot be reached, takes too long, or answers unexpectedly.
   */
  async send(request: JenkinsRequest): Promise<JenkinsAnswer> {
    const { method = 'GET', path, query, body, signal, accept = [] } = request;
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    let answer: JenkinsAnswer;
    try {
      const response = await this.#fetch(`${this.#baseUrl}${path}${search}`, {
        method,
        redirect: 'manual',
        headers: {
          authorization: this.#authorization,
          accept: 'application/json, text/plain, */*',
          ...(body && { 'content-type': body.contentType }),
        },
        body: body?.text,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      answer = {
        status: response.status,
        headers: response.headers,
        body: await readLimited(response, {
          maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES,
          what: `The answer of Jenkins at ${this.host}`,
        }),
      };
    } catch (error) {
      signal?.throwIfAborted();
      if (timeout.aborted) {
        throw new ServiceUnavailableError(
          `Jenkins at ${this.host} did not answer within ${
            this.#timeoutMs / 1000
          } seconds; check that it is up`,
        );
      }
      if (error instanceof InputError) {
        throw error;
      }
      throw new ServiceUnavailableError(
        `Jenkins at ${this.host} cannot be reached; check baseUrl and that it is up`,
        error,
      );
    }
    const { status } = answer;
    if ((status >= 200 && status < 300) || accept.includes(status)) {
      return answer;
    }
    throw this.#fault(answer, `${method} ${path}`);
  }

  #fault(answer: JenkinsAnswer, what: string): Error {
    const { status, headers } = answer;
    if (status === 401) {
      return new AuthenticationError(
        `Jenkins at ${this.host} refused the API token of '${
          this.#username
        }' (401); create a new API token for that user and set it as apiToken`,
      );
    }
    if (status === 403) {
      return new NotAllowedError(
        `Jenkins at ${this.host} does not let '${
          this.#username
        }' do this (403, ${what}); give that user the permission in Jenkins`,
      );
    }
    if (status >= 300 && status < 400) {
      return new ServiceUnavailableError(
        `Jenkins at ${this.host} redirects ${what} (${status}); check that baseUrl is the address Jenkins knows itself by`,
      );
    }
    const said = headers.get('x-error')?.slice(0, 200);
    return new ServiceUnavailableError(
      `Jenkins at ${this.host} answered ${status} to ${what}${
        said ? `: ${said}` : ''
      }`,
    );
  }
}
