// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { SERVICE_NAME } from '../plan/answerSchemas';

/** Returns the name; throws `InputError` when it does not have the form of one. */
export function checkServiceName(field: string, name: string): string {
  if (!SERVICE_NAME.test(name)) {
    throw new InputError(
      `${field} '${name}' must be lower case letters, digits and dashes, start with a letter, and have at most 40 characters`,
    );
  }
  return name;
}
