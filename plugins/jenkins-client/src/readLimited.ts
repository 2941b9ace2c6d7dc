// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/**
 * Reads a body that must not be larger than a limit.
 *
 * @throws InputError as soon as more than `maxBytes` arrived; the rest is not read.
 */
export async function readLimited(
  response: Response,
  options: { maxBytes: number; what: string },
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    size += value.byteLength;
    if (size > options.maxBytes) {
      // Not awaited: the error must not wait for the sender to stop.
      reader.cancel().catch(() => {});
      throw new InputError(
        `${options.what} is larger than ${options.maxBytes} bytes and was not read`,
      );
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}
