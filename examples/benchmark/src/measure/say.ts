// SPDX-License-Identifier: Apache-2.0

/** Tells whoever waits how far the run is. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
