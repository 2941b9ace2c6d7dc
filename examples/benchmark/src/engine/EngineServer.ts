// SPDX-License-Identifier: Apache-2.0
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { z } from 'zod';
import { EngineDouble } from './EngineDouble';

const keySchema = z.object({ correlationId: z.string().optional() });
const refSchema = z.object({ engine: z.string(), id: z.string() });

const startSchema = z.object({
  target: z.object({
    service: z.string(),
    serviceName: z.string(),
    annotations: z.record(z.string(), z.string()),
    environment: z.object({
      name: z.string(),
      account: z.string(),
      namespace: z.string(),
      gated: z.boolean(),
    }),
  }),
  pipelineId: z.string(),
  correlationId: z.string(),
  parameters: z.object({
    promotionId: z.string(),
    chartVersion: z.string(),
    valuesBase64: z.string(),
    valuesDigest: z.string(),
    fingerprint: z.string(),
  }),
});

/** The engine's double, for replicas in other processes. */
export class EngineServer {
  readonly double = new EngineDouble();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const answer = await this.#answer(
        request.url ?? '',
        JSON.parse(await textOf(request)),
      );
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(): Promise<EngineServer> {
    const server = new EngineServer();
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) {
      throw new Error('It does not listen');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(method: string, body: unknown): Promise<unknown> {
    switch (method) {
      case '/inspect':
        return this.double.inspect();
      case '/find':
        return this.double.byKey(keySchema.parse(body).correlationId);
      case '/start':
        return this.double.start(startSchema.parse(body));
      default: {
        const found = await this.double.get(refSchema.parse(body));
        return found ? [found] : [];
      }
    }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
  }
  return text;
}
