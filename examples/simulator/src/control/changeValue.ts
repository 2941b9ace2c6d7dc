// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { isMap, parseDocument } from 'yaml';

/** A value in a values file: text, number or switch. */
export type PlainValue = string | number | boolean;

/**
 * Sets one value in the text of a values file and keeps everything else, comments included.
 *
 * @param key - the path to the value, with dots: `resources.limits.memory`
 * @throws InputError when the file is no YAML map or the path leads through a plain value.
 */
export function changeValue(
  text: string,
  key: string,
  value: PlainValue,
): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new InputError(
      `The values file is not valid YAML: ${document.errors[0].message}`,
    );
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new InputError('The values file does not hold a map');
  }
  const path = key.split('.');
  if (path.some(part => part === '')) {
    throw new InputError(`'${key}' is not a path to a value`);
  }
  for (let length = 1; length < path.length; length++) {
    const parent = document.getIn(path.slice(0, length), true);
    if (parent !== undefined && !isMap(parent)) {
      throw new InputError(
        `'${path
          .slice(0, length)
          .join('.')}' is no map, so '${key}' cannot be set`,
      );
    }
  }
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}
