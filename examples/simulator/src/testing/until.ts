// SPDX-License-Identifier: Apache-2.0

const LOOK_EVERY_MS = 100;

/** Looks again and again until there is something, and gives it back. */
export async function until<T>(
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    await new Promise(resolve => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
}
