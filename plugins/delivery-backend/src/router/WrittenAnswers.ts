// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { entityTag } from './entityTag';

/** Shorter ones are not worth it, as in the backend's own compression. */
const WORTH_ZIPPING = 1024;

/** Nearly as small as the usual level makes it, in half the time. */
const LEVEL = 3;

/** An answer as it goes over the wire. */
export class WrittenAnswer {
  readonly bytes: Buffer;
  readonly tag: string;
  #zipped: Buffer | undefined;

  constructor(body: unknown) {
    const text = JSON.stringify(body);
    this.bytes = Buffer.from(text);
    this.tag = entityTag(text);
  }

  /** Compressed once, for everybody who takes it so; `undefined` when it is too short. */
  get zipped(): Buffer | undefined {
    if (this.bytes.length < WORTH_ZIPPING) {
      return undefined;
    }
    this.#zipped ??= gzipSync(this.bytes, { level: LEVEL });
    return this.#zipped;
  }
}

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
      return new WrittenAnswer(body);
    }
    const known = this.#known.get(body) ?? new WrittenAnswer(body);
    this.#known.set(body, known);
    return known;
  }
}
