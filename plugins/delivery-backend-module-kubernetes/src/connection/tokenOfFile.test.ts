// SPDX-License-Identifier: Apache-2.0
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { tokenOfFile } from './tokenOfFile';

describe('tokenOfFile', () => {
  const folder = createMockDirectory();

  it('follows a token that rotates, and says when there is none', async () => {
    const path = join(folder.path, 'token');
    const token = tokenOfFile(path, 0);
    await expect(token()).rejects.toThrow('cannot be read or is empty');
    await writeFile(path, 'first\n');
    await expect(token()).resolves.toBe('first');
    await writeFile(path, 'second\n');
    await expect(token()).resolves.toBe('second');
  });
});
