// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { ForwardedError } from '@backstage/errors';

/** Options of {@link Listener.listen}. */
export interface ListenerOptions {
  /** A loopback name or address. */
  host: string;
  /** 0 lets the system choose, once; the port is kept when it is opened again. */
  port: number;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** A port on loopback that can be closed and opened again, as when a machine goes away. */
export class Listener {
  readonly #options: ListenerOptions;
  #server: Server | undefined;
  #port: number;

  private constructor(options: ListenerOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /**
   * Opens the port.
   *
   * @throws Error when the host is not loopback or the port is taken.
   */
  static async listen(options: ListenerOptions): Promise<Listener> {
    if (!LOOPBACK.has(options.host)) {
      throw new Error(
        `The simulated cluster only listens on loopback, not on ${options.host}: it has no protection of its own`,
      );
    }
    const listener = new Listener(options);
    await listener.open();
    return listener;
  }

  get isOpen(): boolean {
    return this.#server !== undefined;
  }

  /** The address without a trailing slash. */
  get url(): string {
    const { host } = this.#options;
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.#port}`;
  }

  /** Accepts connections again; does nothing when it already does. */
  async open(): Promise<void> {
    if (this.#server) {
      return;
    }
    const server = createServer(this.#options.handle);
    server.keepAliveTimeout = 65_000;
    server.listen(this.#port, this.#options.host);
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new ForwardedError(
        `The simulated cluster cannot listen on port ${
          this.#port
        }; is another program using it?`,
        error,
      );
    }
    const address = server.address();
    if (typeof address === 'object' && address !== null) {
      this.#port = address.port;
    }
    this.#server = server;
  }

  /** Refuses new connections and cuts the open ones; resolves once the port is free. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  }

  /** Cuts every open connection. */
  cutConnections(): void {
    this.#server?.closeAllConnections();
  }
}
