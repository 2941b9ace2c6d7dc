// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/**
 * The form of a service's name, which also names its repositories, Jenkins folder,
 * Spinnaker application and namespaces.
 */
export const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

/** Returns the name; throws `InputError` when it does not have the form of one. */
export function checkServiceName(field: string, name: string): string {
  if (!SERVICE_NAME.test(name)) {
    throw new InputError(
      `${field} '${name}' must be lower case letters, digits and dashes, start with a letter, and have at most 40 characters`,
    );
  }
  return name;
}
