// SPDX-License-Identifier: Apache-2.0
/** Names in a sentence: `anna`, `anna or ben`, `anna, ben or chidi`. */
export function sayList(names: readonly string[], word: 'and' | 'or'): string {
  if (names.length < 2) {
    return names.length === 0 ? '' : names[0];
  }
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
