// SPDX-License-Identifier: Apache-2.0
import { ClusterError } from '../connection/ClusterError';

/** The longest line of a watch; a single object is at most 1.5 MB in a real cluster. */
export const MAX_LINE_BYTES = 3 * 1024 * 1024;

/**
 * Splits a stream into lines.
 *
 * @remarks
 * A last line without an end is dropped: the connection broke inside it.
 *
 * @throws ClusterError when a line is longer than 3 MB, or whatever the stream throws.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
): AsyncIterable<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (;;) {
      const end = rest.indexOf(0x0a);
      const part = end === -1 ? rest : rest.subarray(0, end);
      length += part.length;
      if (length > MAX_LINE_BYTES) {
        throw new ClusterError(
          'garbled',
          'The cluster sent a change of more than 3 MB',
        );
      }
      if (part.length > 0) {
        pieces.push(part);
      }
      if (end === -1) {
        break;
      }
      if (length > 0) {
        yield Buffer.concat(pieces, length);
      }
      pieces = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
  }
}
