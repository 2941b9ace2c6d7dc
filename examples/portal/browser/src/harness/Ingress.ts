// SPDX-License-Identifier: Apache-2.0
import { createServer, request, type Server } from 'node:http';

/**
 * What stands in front of a portal in a real installation: it passes requests on
 * and answers 503 while nobody is behind it, so that a restart is no refusal.
 */
export class Ingress {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on one port of this machine and passes on to another. */
  static async start(options: { from: number; to: number }): Promise<Ingress> {
    const server = createServer((incoming, outgoing) => {
      const onward = request(
        {
          host: '127.0.0.1',
          port: options.to,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        answer => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
          answer.on('error', () => outgoing.destroy());
        },
      );
      onward.on('error', () => {
        if (outgoing.headersSent) {
          outgoing.destroy();
        } else {
          outgoing.writeHead(503).end();
        }
      });
      incoming.pipe(onward);
    });
    await new Promise<void>(resolve =>
      server.listen(options.from, '127.0.0.1', resolve),
    );
    return new Ingress(server);
  }

  /** Stops listening and drops what is open. */
  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
