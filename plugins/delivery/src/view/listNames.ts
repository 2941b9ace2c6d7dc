// SPDX-License-Identifier: Apache-2.0
import { personName } from './personName';

/** Names in a sentence: "anna", "anna and lee", "anna, ben or lee". */
export function listNames(
  refs: readonly string[],
  conjunction: 'and' | 'or' = 'and',
): string {
  const names = refs.map(personName);
  const last = names.at(-1);
  if (last === undefined) {
    return '';
  }
  return names.length === 1
    ? last
    : `${names.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
