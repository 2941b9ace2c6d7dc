// SPDX-License-Identifier: Apache-2.0

const LIMIT = 50_000;

/**
 * Keeps one copy of texts that repeat: namespaces, images, digests, labels.
 *
 * @remarks
 * It starts anew when it holds 50,000 texts, so churn cannot make it grow without end; what
 * was given out before stays valid.
 */
export class StringPool {
  #texts = new Map<string, string>();

  /** The kept copy of a text. */
  intern(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) {
      return known;
    }
    if (this.#texts.size >= LIMIT) {
      this.#texts = new Map();
    }
    this.#texts.set(text, text);
    return text;
  }
}
