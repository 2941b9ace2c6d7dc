// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from '../view/serviceDelivery';
import { renewAges } from './renewAges';

const MADE: ServiceDelivery = {
  asOf: '2026-11-16T09:00:00.000Z',
  service: 'component:default/orders',
  title: 'Orders',
  path: 'default',
  setup: 'complete',
  environments: [],
  doors: [],
  promotions: [],
  findings: [],
  links: [],
  sources: [
    {
      source: 'kubernetes',
      id: 'a',
      state: 'live',
      seenAt: '2026-11-16T08:59:58.000Z',
    },
    {
      source: 'kubernetes',
      id: 'b',
      state: 'stale',
      seenAt: '2026-11-16T08:50:00.000Z',
      since: '2026-11-16T08:51:00.000Z',
      reason: 'It does not answer',
    },
  ],
};

describe('renewAges', () => {
  it('moves what is live on, and leaves what is stale as it was', () => {
    const renewed = renewAges(MADE, new Date('2026-11-16T09:20:00Z'));
    expect(renewed.asOf).toBe('2026-11-16T09:20:00.000Z');
    expect(renewed.sources.map(({ seenAt }) => seenAt)).toEqual([
      '2026-11-16T09:19:58.000Z',
      '2026-11-16T08:50:00.000Z',
    ]);
  });

  it.each([
    ['was just made', '2026-11-16T09:00:05Z'],
    ['is newer than the moment', '2026-11-16T08:00:00Z'],
    ['came without a readable moment', 'never'],
  ])('leaves an answer alone that %s', (_, said) => {
    expect(renewAges(MADE, new Date(said))).toBe(MADE);
  });
});
