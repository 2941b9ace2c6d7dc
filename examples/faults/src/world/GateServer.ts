// SPDX-License-Identifier: Apache-2.0
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Answers a request; the caller waits in vain for `undefined`, and rejecting resets the connection. */
export type Answerer = (request: Request) => Promise<Response | undefined>;

/** Lets whoever is asked at the moment answer over real HTTP on loopback. */
export class GateServer {
  /** Who answers now. */
  answer: Answerer = async () => new Response(undefined, { status: 503 });
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (incoming, outgoing) => {
      try {
        const response = await this.answer(await toRequest(incoming, this.url));
        // The time that was waited is simulated: the connection ends at once.
        if (!response) {
          outgoing.destroy();
        } else {
          const body = Buffer.from(await response.arrayBuffer());
          outgoing.writeHead(response.status, {
            ...Object.fromEntries(response.headers),
            'content-length': body.length,
          });
          outgoing.end(body);
        }
      } catch {
        outgoing.destroy();
      }
    });
  }

  /** Starts one on a free port. */
  static async start(): Promise<GateServer> {
    const server = new GateServer();
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Closes it with every connection. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

async function toRequest(
  incoming: IncomingMessage,
  base: string,
): Promise<Request> {
  const { headers, method = 'GET', url = '/' } = incoming;
  const body = await buffer(incoming);
  return new Request(new URL(url, base), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'connection'
        ? [[name, value] as [string, string]]
        : [],
    ),
    ...(body.length > 0 ? { body } : {}),
  });
}
