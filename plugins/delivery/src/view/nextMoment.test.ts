// SPDX-License-Identifier: Apache-2.0
import { decision } from '../__testUtils__/decisions';
import * as deliveries from '../__testUtils__/deliveries';
import { nextMoment } from './nextMoment';

const [door] = deliveries.normal.doors;

function withEarliest(...earliest: (string | undefined)[]) {
  return {
    asOf: '2026-11-16T09:00:00.000Z',
    doors: [
      {
        ...door!,
        decision: decision(
          earliest.map(each => ({
            gate: 'soak',
            type: 'soak',
            status: 'wait' as const,
            title: 'Soak',
            reason: 'It soaks',
            ...(each ? { earliest: each } : {}),
          })),
        ),
      },
    ],
  };
}

describe('nextMoment', () => {
  it('is the next moment that a gate waits for, and a little more', () => {
    expect(
      nextMoment(
        withEarliest('2026-11-16T09:30:00.000Z', '2026-11-16T09:00:20.000Z'),
      ),
    ).toBe(25_000);
  });

  it('never comes where no gate waits for one', () => {
    expect(nextMoment(withEarliest(undefined))).toBe(Infinity);
    expect(nextMoment(withEarliest('2026-11-16T08:00:00.000Z'))).toBe(Infinity);
  });
});
