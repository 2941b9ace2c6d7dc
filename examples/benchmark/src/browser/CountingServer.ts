// SPDX-License-Identifier: Apache-2.0
import { createServer, type Server } from 'node:http';

/** A vendor that knows nothing and counts how often it is asked. */
export class CountingServer {
  requests = 0;
  readonly #server: Server = createServer((_, response) => {
    this.requests += 1;
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"message":"There is no such thing"}');
  });

  /** Listens on a port of this machine. */
  static async start(port: number): Promise<CountingServer> {
    const counting = new CountingServer();
    await new Promise<void>(resolve =>
      counting.#server.listen(port, '127.0.0.1', resolve),
    );
    return counting;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
