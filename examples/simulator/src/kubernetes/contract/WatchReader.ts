// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';

/** One line of a watch. */
export interface WatchLine {
  type: string;
  object: JsonObject;
}

/** Reads a watch line by line. */
export class WatchReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  readonly #close: () => void;
  #text = '';

  constructor(body: ReadableStream<Uint8Array>, close: () => void) {
    this.#reader = body.getReader();
    this.#close = close;
  }

  /** The next line, or undefined when the server ended the stream. */
  async next(): Promise<WatchLine | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const line: unknown = JSON.parse(this.#text.slice(0, end));
        this.#text = this.#text.slice(end + 1);
        if (isJsonObject(line) && isJsonObject(line.object)) {
          return { type: String(line.type), object: line.object };
        }
        throw new Error(`This is no line of a watch: ${JSON.stringify(line)}`);
      }
      const { done, value } = await this.#reader.read();
      if (done) {
        return undefined;
      }
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next line of a type, passing others over. */
  async nextOf(type: string): Promise<WatchLine> {
    for (;;) {
      const line = await this.next();
      if (!line) {
        throw new Error(`The watch ended before a line ${type}`);
      }
      if (line.type === type) {
        return line;
      }
    }
  }

  close(): void {
    this.#close();
  }
}
