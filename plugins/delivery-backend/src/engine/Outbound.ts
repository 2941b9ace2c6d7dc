// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import {
  digestOf,
  type Clock,
  type Fact,
  type FactRequest,
} from 'backstage-plugin-delivery-node';

/** No answer that a Gate reads is larger. */
const MOST_BYTES = 256 * 1024;

const REMEMBERED_MS = 5_000;

/**
 * Asks the outside for Gates: allowed hosts only, no redirects, a limit on time
 * and size.
 *
 * @remarks
 * Never rejects: what could not be had is a fact of its own. Reads may get an
 * answer that is a few seconds old.
 */
export class Outbound {
  readonly #hosts: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  readonly #known = new Map<string, { at: number; fact: Fact }>();

  constructor(options: {
    /** Hosts with their port, as in an address: `board.example:8443`. */
    hosts: readonly string[];
    clock: Clock;
    fetch?: typeof fetch;
  }) {
    this.#hosts = new Set(options.hosts);
    this.#clock = options.clock;
    this.#fetch = options.fetch ?? ((...args) => fetch(...args));
  }

  async ask(request: FactRequest, options: { fresh: boolean }): Promise<Fact> {
    const now = this.#clock.now().getTime();
    const known = this.#known.get(request.url);
    if (!options.fresh && known && Math.abs(now - known.at) < REMEMBERED_MS) {
      return known.fact;
    }
    const fact = await this.#askNow(request);
    this.#known.set(request.url, { at: now, fact });
    return fact;
  }

  async #askNow(request: FactRequest): Promise<Fact> {
    const at = this.#clock.now().toISOString();
    const { host } = new URL(request.url);
    if (!this.#hosts.has(host)) {
      return {
        state: 'unknown',
        reason: `${host} may not be asked: add it to delivery.outbound.hosts.`,
        at,
      };
    }
    try {
      const response = await this.#fetch(request.url, {
        redirect: 'error',
        headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(request.timeout),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        return {
          state: 'unknown',
          reason: `${host} answered ${response.status}.`,
          at,
        };
      }
      const bytes = await readCapped(response);
      return {
        state: 'known',
        body: JSON.parse(new TextDecoder().decode(bytes)),
        digest: digestOf(bytes),
        at,
      };
    } catch (error) {
      return { state: 'unknown', reason: `${host} ${fault(error)}.`, at };
    }
  }
}

async function readCapped(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) {
      throw new RangeError('too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function fault(error: unknown): string {
  // A DOMException of a timeout is not an Error everywhere.
  const name = isError(error) ? error.name : '';
  switch (name) {
    case 'TimeoutError':
    case 'AbortError':
      return 'did not answer in time';
    case 'SyntaxError':
      return 'did not answer with JSON';
    case 'RangeError':
      return `answered with more than ${MOST_BYTES / 1024} KB`;
    default:
      return 'could not be reached, or wanted to redirect';
  }
}
