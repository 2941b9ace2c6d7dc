// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';

/** Whether a request was answered with this error of `@backstage/errors`. */
export function isAnswer(error: unknown, name: string): boolean {
  return (
    isError(error) &&
    (error.name === name || (isError(error.cause) && error.cause.name === name))
  );
}
