// SPDX-License-Identifier: Apache-2.0
import { ClusterError } from '../connection/ClusterError';

/**
 * Hands a stream on, and gives it up when nothing comes for too long.
 *
 * @throws ClusterError of kind `silent` after so many milliseconds without a piece.
 */
export async function* withSilenceLimit<T>(
  source: AsyncIterable<T>,
  options: { milliseconds: number; close(): void },
): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const silence = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () =>
            reject(
              new ClusterError(
                'silent',
                `The cluster has said nothing for ${Math.round(
                  options.milliseconds / 1000,
                )} seconds`,
              ),
            ),
          options.milliseconds,
        );
      });
      const next = await Promise.race([iterator.next(), silence]);
      clearTimeout(timer);
      if (next.done) {
        return;
      }
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    options.close();
  }
}
