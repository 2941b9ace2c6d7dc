// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

const PLAIN = /^[A-Za-z0-9_:/@-]+$/;

/** Throws `InputError` for a value in which Spinnaker would see a pattern. */
export function assertPlain(what: string, value: string): void {
  if (!PLAIN.test(value)) {
    throw new InputError(
      `The ${what} may hold letters, digits and _ : / @ - only, because Spinnaker reads it as a pattern`,
    );
  }
}
