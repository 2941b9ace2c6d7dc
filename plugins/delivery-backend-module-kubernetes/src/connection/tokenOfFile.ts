// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';

/** Tokens rotate within an hour; a minute late is early enough. */
const REMEMBERED_MS = 30_000;

/**
 * A token that a file holds, read again after half a minute, because it rotates.
 *
 * @remarks
 * The function throws InputError when the file cannot be read or is empty.
 */
export function tokenOfFile(
  path: string,
  rememberedMs: number = REMEMBERED_MS,
): () => Promise<string> {
  let known: { token: string; at: number } | undefined;
  return async () => {
    if (known && performance.now() - known.at < rememberedMs) {
      return known.token;
    }
    const text = await readFile(path, 'utf8').catch(() => '');
    const token = text.trim();
    if (token === '') {
      throw new InputError(
        'The file with the token cannot be read or is empty',
      );
    }
    known = { token, at: performance.now() };
    return token;
  };
}
