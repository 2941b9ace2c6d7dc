// SPDX-License-Identifier: Apache-2.0
import { connect, createServer, type Socket } from 'node:net';

/** What stands in front of a portal and counts every byte that goes to browsers. */
export class ByteMeter {
  /** Bytes to browsers so far: headers, bodies and frames. */
  sent = 0;
  readonly #sockets = new Set<Socket>();
  readonly #to: number;
  readonly #server = createServer(socket => this.#passOn(socket));

  private constructor(to: number) {
    this.#to = to;
  }

  /** Listens on one port of this machine and passes everything on to another. */
  static async start(options: {
    from: number;
    to: number;
  }): Promise<ByteMeter> {
    const meter = new ByteMeter(options.to);
    await new Promise<void>(resolve =>
      meter.#server.listen(options.from, '127.0.0.1', resolve),
    );
    return meter;
  }

  stop(): void {
    this.#server.close();
    this.#sockets.forEach(socket => socket.destroy());
  }

  #passOn(browser: Socket): void {
    const portal = connect(this.#to, '127.0.0.1');
    portal.on('data', chunk => {
      this.sent += chunk.length;
    });
    browser.pipe(portal).pipe(browser);
    for (const [socket, other] of [
      [browser, portal],
      [portal, browser],
    ]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
