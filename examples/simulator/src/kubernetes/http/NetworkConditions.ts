// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';

/** How the way to a cluster is: as it should be, slow, or swallowing every answer. */
export type NetworkState =
  | { kind: 'normal' }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'silent' };

type Piece = { kind: 'text'; text: string } | { kind: 'end' };

/**
 * The network between clients and one simulated cluster.
 *
 * @remarks
 * While it is silent, requests are accepted and never answered and open watches say nothing
 * more: a half-open connection. When it comes back, connections that missed something are
 * cut, so no client ever goes on from a stream with a hole in it.
 */
export class NetworkConditions {
  #state: NetworkState = { kind: 'normal' };
  readonly #missed = new Set<ServerResponse>();
  readonly #waiting = new WeakMap<ServerResponse, Piece[]>();

  get state(): NetworkState {
    return this.#state;
  }

  /** Changes the network for everything from now on. */
  set(state: NetworkState): void {
    this.#state = state;
    if (state.kind !== 'silent') {
      for (const response of this.#missed) {
        response.destroy();
      }
      this.#missed.clear();
    }
  }

  /** Waits as long as the network takes; false when nothing will ever be answered. */
  async admit(response: ServerResponse): Promise<boolean> {
    if (this.#state.kind === 'slow') {
      await delay(this.#state.delayMs);
    }
    if (this.#state.kind === 'silent') {
      this.#miss(response);
      return false;
    }
    return !response.destroyed;
  }

  /** Writes a line of a stream, late or never, as the network has it. */
  deliver(response: ServerResponse, text: string): void {
    this.#send(response, { kind: 'text', text });
  }

  /** Ends a stream, unless the network hides its end. */
  finish(response: ServerResponse): void {
    this.#send(response, { kind: 'end' });
  }

  #send(response: ServerResponse, piece: Piece): void {
    const waiting = this.#waiting.get(response);
    if (waiting) {
      waiting.push(piece);
    } else if (this.#state.kind === 'slow') {
      this.#waiting.set(response, [piece]);
      void this.#sendLate(response, this.#state.delayMs);
    } else {
      this.#write(response, piece);
    }
  }

  async #sendLate(response: ServerResponse, delayMs: number): Promise<void> {
    await delay(delayMs);
    const waiting = this.#waiting.get(response) ?? [];
    this.#waiting.delete(response);
    for (const piece of waiting) {
      this.#write(response, piece);
    }
  }

  #write(response: ServerResponse, piece: Piece): void {
    if (response.destroyed || response.writableEnded) {
      return;
    }
    if (this.#state.kind === 'silent') {
      this.#miss(response);
    } else if (piece.kind === 'end') {
      response.end();
    } else {
      response.write(piece.text);
    }
  }

  #miss(response: ServerResponse): void {
    this.#missed.add(response);
    response.once('close', () => this.#missed.delete(response));
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
