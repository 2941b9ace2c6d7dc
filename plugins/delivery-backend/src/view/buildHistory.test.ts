// SPDX-License-Identifier: Apache-2.0
import { historyEntrySchema } from 'backstage-plugin-delivery-common';
import { digestLike } from '../__testUtils__/digestLike';
import { aPromotion, aRelease } from '../__testUtils__/serviceFacts';
import { buildHistory, type ServiceEvent } from './buildHistory';

const promotion = aPromotion('staging', aRelease(2, 'b'), { number: 7 });

const event = (
  type: string,
  at: string,
  more: Partial<ServiceEvent> = {},
): ServiceEvent => ({
  promotionId: promotion.id,
  sequence: 1,
  at,
  type,
  phase: 'waiting',
  summary: `${type} happened`,
  hash: digestLike('a'),
  data: {},
  ...more,
});

describe('buildHistory', () => {
  it('puts records and notes into one list, newest first', () => {
    const history = buildHistory({
      promotions: [promotion],
      events: [
        event('approved', '2026-11-16T10:02:00.000Z', {
          by: 'user:default/anna',
          data: { reason: 'Looks good' },
        }),
        event('requested', '2026-11-16T10:00:00.000Z'),
      ],
      notes: [
        {
          id: '01HZZZZZZZZZZZZZZZZZZZZZZ1',
          service: 'component:default/orders',
          kind: 'release',
          at: '2026-11-16T10:01:00.000Z',
          summary: 'Release 3 made by orders/chart #3',
        },
      ],
    });
    expect(history).toMatchObject([
      {
        kind: 'approved',
        by: 'user:default/anna',
        environment: 'staging',
        releaseNumber: 2,
        promotionNumber: 7,
        summary: 'approved happened',
        reason: 'Looks good',
      },
      { kind: 'release', releaseNumber: 3 },
      { kind: 'requested' },
    ]);
    expect(history.map(entry => historyEntrySchema.parse(entry))).toEqual(
      history,
    );
  });

  it('leaves out what only the record of the promotion needs', () => {
    expect(
      buildHistory({
        promotions: [promotion],
        events: [
          event('call', '2026-11-16T10:00:00.000Z'),
          event('deploying', '2026-11-16T10:00:00.000Z'),
        ],
        notes: [],
      }),
    ).toEqual([]);
  });

  it('keeps a line whose promotion is not known any more', () => {
    expect(
      buildHistory({
        promotions: [],
        events: [event('failed', '2026-11-16T10:00:00.000Z')],
        notes: [],
      }),
    ).toMatchObject([{ kind: 'failed', promotionId: promotion.id }]);
  });

  it('keeps the order of lines of one instant', () => {
    const at = '2026-11-16T10:00:00.000Z';
    expect(
      buildHistory({
        promotions: [promotion],
        events: [
          event('requested', at, { sequence: 1 }),
          event('overridden', at, { sequence: 2 }),
          event('started', at, { sequence: 10 }),
        ],
        notes: [],
      }).map(({ kind }) => kind),
    ).toEqual(['started', 'overridden', 'requested']);
  });
});
