// SPDX-License-Identifier: Apache-2.0
import { createServer, type Server } from 'node:http';
import { Agent, request } from 'node:https';

/** Hands requests on to a server with a certificate of its own, for clients that know no authority. */
export class ApiRelay {
  readonly #server: Server;
  readonly #agent: Agent;

  private constructor(server: Server, agent: Agent) {
    this.#server = server;
    this.#agent = agent;
  }

  static async start(target: { url: string; ca: string }): Promise<ApiRelay> {
    const agent = new Agent({ keepAlive: true, ca: target.ca });
    const server = createServer((asked, answer) => {
      const { host: _, ...headers } = asked.headers;
      const onward = request(
        `${target.url}${asked.url}`,
        { agent, method: asked.method, headers },
        response => {
          answer.writeHead(response.statusCode ?? 502, response.headers);
          answer.flushHeaders();
          response.pipe(answer);
        },
      );
      onward.on('error', () => answer.destroy());
      answer.on('close', () => onward.destroy());
      asked.pipe(onward);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ApiRelay(server, agent);
  }

  get url(): string {
    const address = this.#server.address();
    return typeof address === 'object' && address
      ? `http://127.0.0.1:${address.port}`
      : '';
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
