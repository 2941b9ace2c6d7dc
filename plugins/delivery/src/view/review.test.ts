// SPDX-License-Identifier: Apache-2.0
import { decision, PASSING, verdict } from '../__testUtils__/decisions';
import * as deliveries from '../__testUtils__/deliveries';
import { slots } from '../__testUtils__/doors';
import { digest } from '../__testUtils__/ids';
import { CLOCK, NOW } from '../__testUtils__/instants';
import { releaseSummary } from '../__testUtils__/releases';
import { pinReview } from './pinReview';
import { promoteAct } from './promoteAct';
import { reviewStaleness } from './reviewStaleness';
import { rollbackAct } from './rollbackAct';
import { rollbackReview } from './rollbackReview';

const service = deliveries.normal;
const door = service.doors[1];
if (!door) {
  throw new Error('no door');
}
const pinned = pinReview(service, door);
if (!pinned) {
  throw new Error('nothing to pin');
}

describe('reviewStaleness', () => {
  it('is fresh as long as release and target are what was read', () => {
    expect(reviewStaleness(pinned, service, door)).toEqual({ kind: 'fresh' });
  });

  it('says that a newer release arrived, until it is declined', () => {
    const newer = {
      ...door,
      candidate: releaseSummary(43),
      subject: digest('5b'),
    };
    expect(reviewStaleness(pinned, service, newer)).toMatchObject({
      kind: 'newer-release',
      candidate: { number: 43 },
    });
    expect(
      reviewStaleness({ ...pinned, declined: 'release-43' }, service, newer),
    ).toEqual({ kind: 'fresh' });
  });

  it('says that the target changed', () => {
    expect(
      reviewStaleness(
        { ...pinned, targetReleaseId: 'release-40' },
        service,
        door,
      ),
    ).toEqual({ kind: 'target-changed' });
    expect(
      reviewStaleness(pinned, service, { ...door, subject: digest('5c') }),
    ).toEqual({ kind: 'target-changed' });
  });
});

describe('promoteAct', () => {
  const review = {
    release: 42,
    to: 'production-eu',
    slots: slots(),
    staleness: { kind: 'fresh' as const },
    reasonGiven: true,
    reviewedAt: NOW,
  };
  const approvals = verdict({
    gate: 'approvals',
    title: 'Approvals',
    status: 'wait',
    reason: '0 of 2 given.',
  });
  const soak = verdict({
    gate: 'soak',
    title: 'Soak',
    status: 'wait',
    reason: '6 h left.',
    earliest: '2026-11-20T17:10:00.000Z',
  });

  it.each([
    [PASSING, 'Promote release 42 to production-eu', undefined],
    [[approvals, ...PASSING], 'Request approval', 'Needs 2 approvals.'],
    [
      [soak, ...PASSING],
      'Promote release 42 to production-eu when possible',
      'Earliest today 17:10.',
    ],
  ])('names the full act', (verdicts, label, lead) => {
    const act = promoteAct({ ...review, decision: decision(verdicts) }, CLOCK);
    expect(act).toMatchObject({ label, blocked: false });
    expect(act.lead).toBe(lead);
  });

  it('wants a reason first', () => {
    expect(
      promoteAct(
        { ...review, decision: decision(PASSING), reasonGiven: false },
        CLOCK,
      ),
    ).toMatchObject({ blocked: true, lead: 'Write a reason to go on.' });
  });

  it('wants a choice first when a newer release arrived', () => {
    expect(
      promoteAct(
        {
          ...review,
          decision: decision(PASSING),
          staleness: { kind: 'newer-release', candidate: releaseSummary(43) },
        },
        CLOCK,
      ),
    ).toMatchObject({ blocked: true, lead: 'Choose first:' });
  });

  it('cannot be pressed when a gate fails or none was judged', () => {
    const failing = verdict({
      gate: 'scan',
      title: 'Image scan',
      status: 'fail',
      reason: '1 critical finding',
    });
    expect(
      promoteAct({ ...review, decision: decision([failing]) }, CLOCK),
    ).toMatchObject({ blocked: true, lead: 'Image scan: 1 critical finding' });
    expect(promoteAct({ ...review, decision: undefined }, CLOCK).blocked).toBe(
      true,
    );
  });
});

describe('a roll back', () => {
  it('lists the gates that do not count for it', () => {
    const { apply, dropped } = rollbackReview(
      deliveries.blocked,
      'production-eu',
      decision(PASSING),
      CLOCK,
    );
    expect(apply.summary).toBe('4 of 4 pass');
    expect(dropped.map(({ title, label }) => `${label} ${title}`)).toEqual([
      'Dropped Freeze “Billing run”',
      'Dropped Soak in staging',
      'Dropped Window opens',
      'Dropped Approvals',
    ]);
  });

  it('starts only with a reason and with judged gates', () => {
    const preview = {
      decision: decision(PASSING),
      subject: digest('1'),
      acceptable: true,
    };
    const base = { environment: 'prod', release: 40, reasonGiven: true };
    expect(rollbackAct({ ...base, preview })).toEqual({
      label: 'Roll back prod to release 40',
      blocked: false,
      rest: 'The roll back starts at once.',
    });
    expect(rollbackAct({ ...base, preview: undefined }).blocked).toBe(true);
    expect(rollbackAct({ ...base, preview, reasonGiven: false }).lead).toBe(
      'Write a reason to go on.',
    );
  });
});
