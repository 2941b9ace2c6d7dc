// SPDX-License-Identifier: Apache-2.0
import type { CertainPeople, GateFault } from 'backstage-plugin-delivery-node';
import { maximumMatching } from './maximumMatching';

/**
 * Why slots can never all be filled, whoever the people are that are not known.
 *
 * @remarks
 * A `user:` is that one person. What is not known might be anybody, so its slots
 * stand in nobody's way.
 */
export function slotFaults(
  slots: readonly { from: string; count: number }[],
  people: CertainPeople,
): GateFault[] {
  const absent = slots.flatMap(({ from }, index) =>
    people.get(from) === 'absent'
      ? [
          {
            path: ['slots', index, 'from'],
            message: `there is no ${from} in the catalog`,
          },
        ]
      : [],
  );
  if (absent.length > 0) {
    return absent;
  }
  const places = slots.flatMap(({ count, from }) => {
    const known = from.startsWith('user:') ? [from] : people.get(from);
    return Array.isArray(known)
      ? Array.from({ length: count }, () => known)
      : [];
  });
  const filled = maximumMatching(places).filter(
    person => person !== undefined,
  ).length;
  return filled < places.length
    ? [
        {
          path: ['slots'],
          message: `can never all be filled: ${places.length} of them need as many different people, and at most ${filled} can be given`,
        },
      ]
    : [];
}
