// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { SignalApi } from '@backstage/plugin-signals-react';

type Listener = { channel: string; onMessage: (message: JsonObject) => void };

/** The connection for hints, in memory. */
export class FakeSignals implements SignalApi {
  readonly #listeners = new Set<Listener>();

  subscribe<T extends JsonObject>(
    channel: string,
    onMessage: (message: T) => void,
  ) {
    const listener: Listener = {
      channel,
      onMessage: message => onMessage(JSON.parse(JSON.stringify(message))),
    };
    this.#listeners.add(listener);
    return { unsubscribe: () => this.#listeners.delete(listener) };
  }

  /** Sends a message to everybody who listens on the channel. */
  publish(channel: string, message: JsonObject) {
    for (const listener of this.#listeners) {
      if (listener.channel === channel) {
        listener.onMessage(message);
      }
    }
  }
}
