// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';

/** What came of something that may ordinarily fail. */
export type Attempt<T> = { ok: true; value: T } | { ok: false; error: Error };

/** Waits for a promise and tells how it ended, instead of throwing. */
export async function attempt<T>(promise: Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, error: toError(error) };
  }
}
