// SPDX-License-Identifier: Apache-2.0
import { entityTag } from './entityTag';

/** An answer as it goes over the wire. */
export type WrittenAnswer = { bytes: Buffer; tag: string };

/**
 * Answers as bytes, written once for each object that is answered with.
 *
 * @remarks
 * Whoever answers with the same object again means the same answer, so objects
 * that are answered with must not be changed afterwards.
 */
export class WrittenAnswers {
  readonly #known = new WeakMap<object, WrittenAnswer>();

  of(body: unknown): WrittenAnswer {
    if (typeof body !== 'object' || body === null) {
      return write(body);
    }
    const known = this.#known.get(body);
    if (known) {
      return known;
    }
    const written = write(body);
    this.#known.set(body, written);
    return written;
  }
}

function write(body: unknown): WrittenAnswer {
  return { bytes: Buffer.from(JSON.stringify(body)), tag: entityTag(body) };
}
