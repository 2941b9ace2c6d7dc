// SPDX-License-Identifier: Apache-2.0
import { ForwardedError, InputError, NotAllowedError } from '@backstage/errors';
import { z } from 'zod';

const TIMEOUT_MS = 15_000;

/** How the hosts say why they do not take a request. */
const refusalSchema = z.union([
  z.object({ message: z.json() }).transform(({ message }) => message),
  z
    .object({ errors: z.array(z.object({ message: z.string() })) })
    .transform(({ errors }) => errors.map(({ message }) => message).join(' ')),
  z
    .object({ error: z.object({ message: z.string() }) })
    .transform(({ error }) => error.message),
]);

/** What is sent beside the address. */
export type HostRequest = {
  /** `GET` when absent. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  body?: object;
};

/** Sends a request with the portal's credentials; undefined when there is no such thing. */
export type Send = (path: string, request?: HostRequest) => Promise<unknown>;

/** A request with the portal's credentials. */
type SignedRequest = HostRequest & {
  headers: Record<string, string>;
  signal?: AbortSignal;
};

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
   * Sends a request and gives what it was answered; undefined when there is no such thing, or
   * nothing to say of it.
   *
   * @throws NotAllowedError when the credentials are refused; InputError with the host's own
   * words when it does not take the request; ForwardedError when it cannot be reached.
   */
  async send(path: string, options: SignedRequest): Promise<unknown> {
    const response = await this.#fetch(path, options);
    return response && response.status !== 204 ? response.json() : undefined;
  }

  /** The same, for answers that are no JSON, such as the content of a file. */
  async read(
    path: string,
    options: SignedRequest,
  ): Promise<string | undefined> {
    return (await this.#fetch(path, options))?.text();
  }

  async #fetch(
    path: string,
    options: SignedRequest,
  ): Promise<Response | undefined> {
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
    // With 203 Azure DevOps leads somebody whom it does not know to a page to sign in.
    if ([203, 401, 403].includes(response.status)) {
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
    return response;
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
    said.success ? `${what}: ${JSON.stringify(said.data).slice(0, 300)}` : what,
  );
}
