// SPDX-License-Identifier: Apache-2.0
import {
  ClusterError,
  type ClusterErrorKind,
} from '../connection/ClusterError';

/**
 * Hands a stream on, and gives it up when nothing comes for too long.
 *
 * @throws ClusterError of the given kind after so many milliseconds without a piece.
 */
export async function* withSilenceLimit<T>(
  source: AsyncIterable<T>,
  options: { milliseconds: number; kind: ClusterErrorKind; close(): void },
): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await within(options, iterator.next());
      if (next.done) {
        return;
      }
      yield next.value;
    }
  } finally {
    options.close();
  }
}

async function within<T>(
  { milliseconds, kind }: { milliseconds: number; kind: ClusterErrorKind },
  promise: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(milliseconds / 1000);
      const message = `The cluster has said nothing for ${seconds} seconds`;
      reject(new ClusterError(kind, message));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
