// SPDX-License-Identifier: Apache-2.0
/**
 * Gives as many slots as possible a person of their own.
 *
 * @param eligible - For each slot the people who may fill it.
 * @returns For each slot the person who fills it, or `undefined`.
 *
 * @remarks
 * Augmenting paths (Kuhn): somebody who fits two slots is moved to the other one
 * when that lets one more be filled.
 */
export function maximumMatching<Person>(
  eligible: readonly (readonly Person[])[],
): (Person | undefined)[] {
  const slotOf = new Map<Person, number>();

  function place(slot: number, tried: Set<Person>): boolean {
    for (const person of eligible[slot]) {
      if (!tried.has(person)) {
        tried.add(person);
        const other = slotOf.get(person);
        if (other === undefined || place(other, tried)) {
          slotOf.set(person, slot);
          return true;
        }
      }
    }
    return false;
  }

  eligible.forEach((_, slot) => place(slot, new Set()));
  const filled: (Person | undefined)[] = eligible.map(() => undefined);
  for (const [person, slot] of slotOf) {
    filled[slot] = person;
  }
  return filled;
}
