// SPDX-License-Identifier: Apache-2.0
import { listNames } from './listNames';

/** Who may do what the reader may not: "Members of team-orders may." */
export function whoMay(who: readonly string[] | undefined): string {
  if (!who || who.length === 0) {
    return '';
  }
  const groups = who.filter(ref => ref.startsWith('group:'));
  const people = who.filter(ref => !ref.startsWith('group:'));
  if (people.length === 0) {
    return `Members of ${listNames(groups, 'or')} may.`;
  }
  return groups.length === 0
    ? `${listNames(people, 'or')} may.`
    : `${listNames(people, 'or')} or members of ${listNames(
        groups,
        'or',
      )} may.`;
}
