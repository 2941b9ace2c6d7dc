// SPDX-License-Identifier: Apache-2.0
import {
  ForwardedError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { gateError, gateMessage } from './gateError';

/** What is needed of `fetch`. @public */
export type GateFetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    redirect: 'manual';
    body?: string;
    signal: AbortSignal;
  },
) => Promise<Pick<Response, 'status' | 'text'>>;

/** How to reach Gate. @public */
export interface GateTransportOptions {
  /** Address of Gate, for example `https://gate.example.com`. */
  baseUrl: string;
  /** An API token, sent as `Authorization: Bearer`. */
  token?: string;
  /** For basic authentication, together with `password`. */
  username?: string;
  password?: string;
  /** Replaces the global `fetch`. */
  fetch?: GateFetch;
  /** How long one call may take, in milliseconds; 30 000 when absent. */
  timeoutMs?: number;
}

/** One call of Gate. @public */
export interface GateRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Built with `gatePath`, never from free text. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** What is being done, for messages: "starting 'Deploy to dev' of orders". */
  doing: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** How one call ended: with an answer, or without one. @public */
export type GateAnswer =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'unreached'; reason: string; cause: unknown }
  | { kind: 'lost'; reason: string; cause: unknown };

/** Network errors after which nothing can have been sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Carries one request to Gate and says how it ended.
 *
 * @remarks
 * Redirects are not followed: Gate answers a missing or wrong password with one to its
 * login page, and following it would send the credentials elsewhere.
 *
 * @public
 */
export class GateTransport {
  /** Host and port of Gate, for messages. */
  readonly host: string;
  readonly #base: string;
  readonly #fetch: GateFetch;
  readonly #headers: Record<string, string>;
  readonly #timeoutMs: number;

  constructor(options: GateTransportOptions) {
    const { baseUrl, token, username, password, timeoutMs = 30_000 } = options;
    let url: URL;
    try {
      url = new URL(baseUrl);
    } catch {
      throw new InputError(
        'The address of Spinnaker is not a URL; set spinnaker.baseUrl to something like https://gate.example.com',
      );
    }
    if (!/^https?:$/.test(url.protocol) || url.username || url.password) {
      throw new InputError(
        `The address of Spinnaker at ${url.host} must be http or https and carry no credentials; use spinnaker.token, or spinnaker.username and spinnaker.password`,
      );
    }
    if (token !== undefined && username !== undefined) {
      throw new InputError(
        'Spinnaker takes either a token or a username and password, not both; remove one of them',
      );
    }
    if ((username === undefined) !== (password === undefined)) {
      throw new InputError(
        'Spinnaker needs the username and the password together; add the missing one',
      );
    }
    this.host = url.host;
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    this.#fetch = options.fetch ?? ((...args) => fetch(...args));
    this.#timeoutMs = timeoutMs;
    this.#headers = { accept: 'application/json' };
    if (token !== undefined) {
      this.#headers.authorization = `Bearer ${token}`;
    } else if (username !== undefined) {
      const pair = Buffer.from(`${username}:${password}`).toString('base64');
      this.#headers.authorization = `Basic ${pair}`;
    }
  }

  /** Sends the request; rejects only when the signal was aborted before it was sent. */
  async send(request: GateRequest): Promise<GateAnswer> {
    const { method, path, query = {}, body, signal } = request;
    signal?.throwIfAborted();
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(key, String(value));
      }
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    const timeoutMs = request.timeoutMs ?? this.#timeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const headers: Record<string, string> = { ...this.#headers };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
    }
    try {
      const response = await this.#fetch(`${this.#base}${path}${suffix}`, {
        method,
        headers,
        redirect: 'manual',
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return {
        kind: 'answered',
        status: response.status,
        text: await response.text(),
      };
    } catch (cause) {
      if (NEVER_CONNECTED.has(networkCode(cause))) {
        return {
          kind: 'unreached',
          reason: `Spinnaker at ${this.host} cannot be reached (${networkCode(
            cause,
          )}); check the address and that Gate is up`,
          cause,
        };
      }
      return { kind: 'lost', reason: this.#lost(timeout, timeoutMs), cause };
    }
  }

  /** Sends the request and returns its text; throws for everything but a success. */
  async text(request: GateRequest): Promise<string> {
    const answer = await this.send(request);
    if (answer.kind !== 'answered') {
      request.signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `${answer.reason}, while ${request.doing}`,
        answer.cause,
      );
    }
    if (answer.status < 200 || answer.status >= 300) {
      throw gateError({
        host: this.host,
        doing: request.doing,
        status: answer.status,
        message: gateMessage(answer.text),
      });
    }
    return answer.text;
  }

  /** Sends the request and parses its JSON; throws when it has not the expected shape. */
  async json<T>(request: GateRequest, schema: z.ZodType<T>): Promise<T> {
    return this.parse({
      text: await this.text(request),
      doing: request.doing,
      schema,
    });
  }

  /** Parses an answer; throws one sentence naming the field that was not as expected. */
  parse<T>(options: { text: string; doing: string; schema: z.ZodType<T> }): T {
    const { text, doing, schema } = options;
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch (error) {
      throw new ForwardedError(
        `Spinnaker at ${this.host} answered something that is not JSON while ${doing}; check that the address is Gate's and not Deck's`,
        error,
      );
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new ForwardedError(
        `Spinnaker at ${
          this.host
        } answered in an unexpected form while ${doing} (${
          issue.path.join('.') || 'the whole answer'
        }); check that its version is supported`,
        new Error(issue.message),
      );
    }
    return parsed.data;
  }

  #lost(timeout: AbortSignal, timeoutMs: number): string {
    return timeout.aborted
      ? `Spinnaker at ${this.host} did not answer within ${timeoutMs / 1000} s`
      : `The connection to Spinnaker at ${this.host} broke before it answered`;
  }
}

function networkCode(error: unknown): string {
  let current: unknown = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (typeof current !== 'object' || current === null) {
      return '';
    }
    if ('code' in current && typeof current.code === 'string') {
      return current.code;
    }
    if ('errors' in current && Array.isArray(current.errors)) {
      current = current.errors[0];
    } else {
      current = 'cause' in current ? current.cause : undefined;
    }
  }
  return '';
}
