// SPDX-License-Identifier: Apache-2.0
import type { ImageReference } from './parseImage';

const LIMIT = 50_000;

/**
 * Keeps one copy of what repeats in a cluster: namespaces, labels, images, digests.
 *
 * @remarks
 * It starts anew when it holds 50,000 values, so churn cannot make it grow without end; what
 * was given out before stays valid.
 */
export class ProjectionPool {
  #texts = new Map<string, string>();
  #images = new Map<string, readonly ImageReference[]>();

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

  /** The kept copy of a list of images. */
  internImages(images: readonly ImageReference[]): readonly ImageReference[] {
    const key = images
      .map(({ name, tag = '', digest = '' }) => `${name}:${tag}@${digest}`)
      .join(' ');
    const known = this.#images.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.#images.size >= LIMIT) {
      this.#images = new Map();
    }
    this.#images.set(key, images);
    return images;
  }
}
