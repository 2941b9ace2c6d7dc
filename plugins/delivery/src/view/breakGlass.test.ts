// SPDX-License-Identifier: Apache-2.0
import { brokenGlass, override, wasBroken } from '../__testUtils__/brokenGlass';
import { decision, PASSING, verdict } from '../__testUtils__/decisions';
import { slots } from '../__testUtils__/doors';
import { CLOCK } from '../__testUtils__/instants';
import { breakGlass } from './breakGlass';
import { earliestBars } from './earliestBars';
import { gateList } from './gateList';
import { onlyApprovalsMissing } from './onlyApprovalsMissing';
import { overrideText } from './overrideText';
import { panelView } from './panelView';
import { promoteButton } from './promoteButton';
import { tileNotes } from './tileNotes';
import { waitingReason } from './waitingReason';

const OVERRIDDEN = verdict({
  gate: 'soak',
  title: 'Soak',
  status: 'wait',
  reason: '5 h of 6 h left.',
  overriddenBy: 'user:default/chidi',
  overridable: true,
});
const WATCHED = verdict({
  gate: 'errors',
  title: 'Error rate',
  status: 'fail',
  reason: '2.1 %',
  mode: 'audit',
});

describe('gates that do not stand in the way', () => {
  const judged = {
    ...decision([WATCHED, OVERRIDDEN, ...PASSING]),
    outcome: 'proceed' as const,
  };

  it('counts overridden ones apart and leaves watched ones out', () => {
    const list = gateList(judged, CLOCK, [override({ gates: ['soak'] })]);
    expect(list.summary).toBe('4 pass, 1 overridden');
    expect(list.tone).toBe('override');
    expect(list.rows.map(({ label, title }) => `${label}: ${title}`)).toEqual([
      'Overridden by chidi: Soak',
      'Pass: Tests',
      'Pass: Image scan',
      'Pass: Verified upstream',
      'Pass: Target healthy',
      'Audit only: Error rate',
    ]);
    expect(list.rows[0]?.more).toBe(
      '“The ticket system is down.” OPS-77, 10:12. Review due Monday 09:00.',
    );
    expect(list.rows[5]?.more).toContain('Would say fail');
  });

  it('lets the promote button be pressed', () => {
    const service = brokenGlass();
    const [door] = service.doors.filter(({ to }) => to === 'production-us');
    expect(
      door &&
        promoteButton(
          { ...service, promotions: [] },
          { ...door, decision: judged },
          CLOCK,
        ),
    ).toMatchObject({ kind: 'ready', rest: '4 pass, 1 overridden.' });
  });

  it('does not hide that only approvals are missing', () => {
    const approvals = verdict({
      gate: 'approvals',
      status: 'wait',
      reason: '0 of 2',
    });
    expect(
      onlyApprovalsMissing({
        ...judged,
        outcome: 'wait',
        verdicts: [...judged.verdicts, approvals],
      }),
    ).toBe(true);
  });
});

describe('the review of an override', () => {
  it('says when it is due, that it is overdue, and what came of it', () => {
    expect(
      overrideText(override({ reviewDue: '2026-11-19T09:00:00.000Z' }), CLOCK),
    ).toContain('The review is overdue since Thu 09:00.');
    expect(
      overrideText(
        override({
          review: {
            by: 'user:default/lee',
            at: '2026-11-20T10:30:00.000Z',
            note: 'It was right.',
          },
        }),
        CLOCK,
      ),
    ).toContain('Reviewed by lee: “It was right.”');
  });
});

describe('breakGlass', () => {
  it('offers the gates in the way, and names those that never let pass', () => {
    const [waiting] = brokenGlass().promotions;
    const view = breakGlass('production-eu', waiting);
    expect(view.promotion).toBe(waiting);
    expect(view.text).toContain(
      '“Same image as staging” can never be overridden.',
    );
  });

  it.each([
    ['no promotion waits', undefined, /No promotion waits for production-eu/],
    [
      'the reader may not',
      brokenGlass({ allowed: false, reason: 'You may not override gates.' })
        .promotions[0],
      /You may not override gates\./,
    ],
  ])('says why it cannot be done when %s', (_, waiting, reason) => {
    const view = breakGlass('production-eu', waiting);
    expect(view.promotion).toBeUndefined();
    expect(view.reason).toMatch(reason);
  });
});

describe('what came in by an override', () => {
  const REVIEWED = override({
    gates: ['soak', 'ticket'],
    review: {
      by: 'user:default/lee',
      at: '2026-11-20T10:30:00.000Z',
      note: 'It was right.',
    },
  });

  it('is said on the tile as long as it runs, after whatever else there is', () => {
    const service = wasBroken(REVIEWED);
    const [, , eu] = service.environments;
    const notes = tileNotes(
      service,
      {
        ...eu,
        hold: { since: REVIEWED.at, reason: 'A demonstration' },
        drift: {
          field: 'image',
          expected: '2.30.0',
          observed: '2.30.0-hotfix',
          since: REVIEWED.at,
        },
      },
      CLOCK,
    );
    expect(notes.map(({ lead, text }) => `${lead ?? ''}${text ?? ''}`)).toEqual(
      [
        'Drifted: image 2.30.0-hotfix runs, not promoted from here',
        'Automatic promotion on hold',
        'Overridden by chidi: soak, ticket',
      ],
    );
    expect(notes.at(-1)).toMatchObject({ icon: 'lock-open', tone: 'override' });
  });

  it('is said in the panel, reviewed or not, and of nothing else', () => {
    const service = wasBroken(REVIEWED, override());
    const [dev, , eu] = service.environments;
    expect(panelView(service, eu, CLOCK).overrides).toEqual([
      REVIEWED,
      override(),
    ]);
    expect(panelView(service, dev, CLOCK).overrides).toEqual([]);
  });
});

describe('the panel', () => {
  it('says what is pinned, since when, by whom and why', () => {
    const service = brokenGlass();
    const [, , , us] = service.environments;
    expect(us && panelView(service, us, CLOCK).hold).toEqual({
      all: true,
      text: 'Every promotion but a roll back is on hold since 07:42 by lee: A customer demonstration',
    });
  });
});

describe('the earliest time', () => {
  const window = verdict({
    gate: 'soak',
    title: 'Soak',
    status: 'wait',
    reason: '6 h left.',
    earliest: '2026-11-20T17:10:00.000Z',
  });

  it('is the one of the decision when a window shuts before the soak ends', () => {
    const late = {
      ...decision([window, ...PASSING]),
      earliest: '2026-11-23T09:00:00.000Z',
    };
    expect(waitingReason(late, [], CLOCK).lead).toBe('Earliest Monday 09:00.');
    expect(
      earliestBars(late, [], CLOCK).map(({ title, decides }) => [
        title,
        decides,
      ]),
    ).toEqual([
      ['Soak', false],
      ['All at the same time', true],
    ]);
  });

  it('leaves a long message of another system to the list of gates', () => {
    const silent = decision([
      verdict({
        gate: 'wiring',
        title: 'Wiring',
        status: 'unknown',
        reason: `The connection broke ${'while it was read '.repeat(9)}`,
      }),
    ]);
    expect(waitingReason(silent, [], CLOCK).lead).toBe(
      'Wiring: cannot be judged now; the gates say why.',
    );
  });

  it('is decided by no bar while a gate cannot tell its own', () => {
    const unsure = decision([
      window,
      verdict({ gate: 'http', status: 'unknown', reason: 'no answer' }),
    ]);
    expect(
      earliestBars(unsure, slots(), CLOCK).some(({ decides }) => decides),
    ).toBe(false);
  });
});
