// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { maximumMatching } from './maximumMatching';

/** The best that trying everything finds. */
function best(eligible: number[][], used: number[] = []): number {
  const [first, ...rest] = eligible;
  if (!first) {
    return 0;
  }
  return Math.max(
    best(rest, used),
    ...first
      .filter(person => !used.includes(person))
      .map(person => 1 + best(rest, [...used, person])),
  );
}

describe('maximumMatching', () => {
  it('fills as many slots as trying everything, each with somebody who fits, nobody twice', () => {
    const people = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(people, { maxLength: 5 }), eligible => {
        const filled = maximumMatching(eligible);
        const placed = filled.filter(person => person !== undefined);
        expect(filled).toHaveLength(eligible.length);
        expect(new Set(placed).size).toBe(placed.length);
        expect(
          filled.every(
            (person, slot) =>
              person === undefined || eligible[slot].includes(person),
          ),
        ).toBe(true);
        expect(placed).toHaveLength(best(eligible));
      }),
      { numRuns: 2_000 },
    );
  });
});
