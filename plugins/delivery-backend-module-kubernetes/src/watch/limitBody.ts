// SPDX-License-Identifier: Apache-2.0
import type { OpenAnswer } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import { withSilenceLimit } from './withSilenceLimit';

const MAX_BYTES = 64 * 1024 * 1024;
const SILENCE_MS = 30_000;
const WHOLE_MS = 120_000;

/**
 * The body of an answer that ends: at most 64 MB, no longer than two minutes, never silent for
 * half a minute. What is not read to its end is closed.
 *
 * @throws ClusterError
 */
export async function* limitBody(
  answer: OpenAnswer,
): AsyncIterable<Uint8Array> {
  const began = performance.now();
  let length = 0;
  const body = withSilenceLimit(answer.body, {
    milliseconds: SILENCE_MS,
    kind: 'silent',
    close: () => answer.close(),
  });
  for await (const piece of body) {
    length += piece.length;
    if (length > MAX_BYTES) {
      throw new ClusterError(
        'garbled',
        'The cluster sent a page of more than 64 MB',
      );
    }
    if (performance.now() - began > WHOLE_MS) {
      throw new ClusterError(
        'silent',
        `The cluster did not finish its answer within ${
          WHOLE_MS / 1000
        } seconds`,
      );
    }
    yield piece;
  }
}
