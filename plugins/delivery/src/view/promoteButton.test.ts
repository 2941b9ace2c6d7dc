// SPDX-License-Identifier: Apache-2.0
import type { Door } from 'backstage-plugin-delivery-common';
import { decision, PASSING, verdict } from '../__testUtils__/decisions';
import * as deliveries from '../__testUtils__/deliveries';
import { slots } from '../__testUtils__/doors';
import { ago, CLOCK } from '../__testUtils__/instants';
import { promotion } from '../__testUtils__/promotions';
import { mainButton } from './mainButton';
import { promoteButton } from './promoteButton';

function button(
  service: typeof deliveries.normal,
  to: string,
  change: Partial<Door> = {},
) {
  const door = service.doors.find(each => each.to === to);
  if (!door) {
    throw new Error(`no door into ${to}`);
  }
  return promoteButton(service, { ...door, ...change }, CLOCK);
}

describe('promoteButton', () => {
  it.each([
    [
      'all gates pass',
      deliveries.normal,
      'staging',
      ['ready', 'Promote to staging', undefined, 'All 4 gates pass.'],
    ],
    [
      'only people are missing',
      deliveries.normal,
      'production-eu',
      ['ready', 'Promote to production-eu', undefined, 'Needs 2 approvals.'],
    ],
    [
      'it is under way',
      deliveries.inFlight,
      'staging',
      [
        'in-flight',
        'Promoting to staging',
        undefined,
        'Started by anna 2 min ago.',
      ],
    ],
    [
      'it is there and another one is on its way behind it',
      deliveries.inFlight,
      'production-eu',
      [
        'already-there',
        'Already in production-eu',
        undefined,
        'Wait for Release 44 to succeed here.',
      ],
    ],
    [
      'it is there already',
      deliveries.blocked,
      'staging',
      [
        'already-there',
        'Already in staging',
        undefined,
        'Nothing newer to promote.',
      ],
    ],
    [
      'gates have times and a person is missing',
      deliveries.blocked,
      'production-eu',
      [
        'blocked',
        'Promote to production-eu',
        'Earliest Monday 09:00.',
        'Freeze “Billing run”, soak in staging, window opens; 1 more approval.',
      ],
    ],
    [
      'it failed there',
      deliveries.failed,
      'production-eu',
      [
        'blocked',
        'Promote to production-eu',
        'Release 42 failed there 10:14.',
        'Promote a newer release.',
      ],
    ],
    [
      'an outcome is not known',
      deliveries.needsAttention,
      'production-us',
      [
        'blocked',
        'Promote to production-us',
        'Promotion 321 needs attention.',
        'One at a time; no earliest time.',
      ],
    ],
    [
      'the target is not seen',
      deliveries.sourceOutage,
      'production-eu',
      [
        'blocked',
        'Promote to production-eu',
        'production-eu not seen since 09:41.',
        'Possible again when its cluster answers.',
      ],
    ],
    [
      'the reader may not',
      deliveries.noPermission,
      'staging',
      [
        'not-allowed',
        'Promote to staging',
        'You may not promote to staging.',
        'Members of team-orders may.',
      ],
    ],
  ])('explains when %s', (_, service, to, [kind, label, lead, rest]) => {
    expect(button(service, to)).toMatchObject({ kind, label });
    expect(button(service, to).lead).toBe(lead);
    expect(button(service, to).rest).toBe(rest);
  });

  it('says that nothing was verified yet', () => {
    expect(
      button(deliveries.normal, 'staging', {
        candidate: undefined,
        decision: undefined,
        subject: undefined,
      }),
    ).toMatchObject({
      kind: 'blocked',
      lead: 'No release is verified in dev yet.',
    });
  });

  it('never takes unknown for a pass', () => {
    const view = button(deliveries.normal, 'staging', {
      decision: decision([
        verdict({
          gate: 'upstream',
          title: 'Verified upstream',
          status: 'unknown',
          reason: 'dev was not seen',
        }),
        ...PASSING.slice(0, 2),
      ]),
    });
    expect(view).toMatchObject({
      kind: 'blocked',
      lead: 'Verified upstream: dev was not seen.',
      canWait: true,
    });
  });

  it('offers to wait only where waiting can end', () => {
    expect(button(deliveries.simpleLine, 'production').canWait).toBe(true);
    expect(button(deliveries.failed, 'production-eu').canWait).toBe(false);
    expect(button(deliveries.blocked, 'production-eu').canWait).toBe(false);
  });

  it('goes back to be ready for a newer release than the one that waits', () => {
    const service = deliveries.delivery({
      promotions: [
        promotion({
          number: 318,
          environment: 'production-eu',
          releaseNumber: 41,
        }),
      ],
    });
    expect(button(service, 'production-eu').kind).toBe('ready');
  });

  it('explains a roll back that is under way', () => {
    const service = deliveries.delivery({
      promotions: [
        promotion({
          number: 320,
          environment: 'production-eu',
          releaseNumber: 40,
          kind: 'rollback',
          phase: 'running',
          createdAt: ago({ minutes: 1 }),
        }),
      ],
    });
    expect(button(service, 'production-eu')).toMatchObject({
      kind: 'blocked',
      lead: 'production-eu goes back to Release 40.',
      rest: 'Possible when promotion 320 has ended.',
    });
  });

  it('says who still has to approve what waits', () => {
    const approvals = verdict({
      gate: 'approvals',
      status: 'wait',
      reason: '1 of 2 given.',
    });
    const service = deliveries.delivery({
      promotions: [
        promotion({
          number: 318,
          environment: 'production-eu',
          releaseNumber: 42,
          decision: decision([approvals, ...PASSING]),
          slots: slots('chidi'),
        }),
      ],
    });
    expect(button(service, 'production-eu')).toMatchObject({
      kind: 'blocked',
      lead: 'Needs 1 more approval.',
      rest: 'Asked for by anna 2 min ago.',
      promotion: { number: 318 },
    });
  });
});

describe('mainButton', () => {
  it('names the first target that does not have the release yet', () => {
    const buttons = deliveries.inFlight.doors
      .filter(door => door.from === 'staging')
      .map(door => promoteButton(deliveries.inFlight, door, CLOCK));
    expect(mainButton(buttons)?.label).toBe('Promote to production-us');
  });
});
