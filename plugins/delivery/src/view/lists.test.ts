// SPDX-License-Identifier: Apache-2.0
import {
  AuthenticationError,
  ConflictError,
  NotAllowedError,
} from '@backstage/errors';
import { firstUse } from '../__testUtils__/deliveries';
import { CLOCK } from '../__testUtils__/instants';
import { overviews } from '../__testUtils__/overviews';
import { builds, diff, history } from '../__testUtils__/records';
import { release } from '../__testUtils__/releases';
import { approvalRequest, promotionDetail } from '../__testUtils__/requests';
import { approvalCard } from './approvalCard';
import { buildRows } from './buildRows';
import { catalogLines } from './catalogLines';
import { errorText } from './errorText';
import { evidenceCards } from './evidenceCards';
import { findingsSummary } from './findingsSummary';
import { firstUseSentence } from './firstUseSentence';
import { historyRows } from './historyRows';
import { overview } from './overview';
import { promotionHeadline } from './promotionHeadline';
import { promotionRecord } from './promotionRecord';
import { whatGoesBack } from './whatGoesBack';
import { whoMay } from './whoMay';

describe('overview', () => {
  it('puts the worst first and says what is going on', () => {
    const { rows, columns } = overview(overviews, { text: '' }, CLOCK);
    expect(columns).toEqual([
      'dev',
      'staging',
      'production-eu',
      'production-us',
    ]);
    expect(rows.map(({ title, going }) => `${title}: ${going.label}`)).toEqual([
      'orders: Outcome of 42 unknown',
      'checkout: Unhealthy in production-eu',
      'catalog-api: Cluster unreachable',
      'basket: Release 33 to staging',
      'search: 3 behind in staging',
      'tax: Same everywhere',
    ]);
    expect(rows.at(-1)?.cells.at(-1)).toEqual({
      environment: 'production-us',
      kind: 'absent',
    });
  });

  it('counts follow the other filters, not the chosen state', () => {
    const view = overview(
      overviews,
      { text: 'a', condition: 'in-flight' },
      CLOCK,
    );
    expect(view.rows.map(({ title }) => title)).toEqual(['basket']);
    expect(view.total).toBe(4);
    expect(
      view.counts.find(({ condition }) => condition === 'behind')?.count,
    ).toBe(1);
  });
});

describe('evidenceCards', () => {
  it('never shows a number or a pass for what nobody vouches for', () => {
    const cards = evidenceCards({ ...release(42), evidence: {} });
    expect(cards.map(({ value, verdict }) => [value, verdict.label])).toEqual([
      ['No data', 'No data'],
      ['No data', 'No data'],
      ['No data', 'No data'],
    ]);
  });

  it('judges what there is', () => {
    const cards = evidenceCards({
      ...release(42),
      evidence: {
        unitTests: { passed: 409, failed: 3, skipped: 1 },
        scan: { critical: 0, high: 1, medium: 2, low: 0 },
      },
    });
    expect(cards.map(({ value, verdict }) => [value, verdict.label])).toEqual([
      ['409 of 412', 'Fail'],
      ['No data', 'No data'],
      ['0 critical, 1 high', 'Found'],
    ]);
  });
});

describe('first use', () => {
  it('marks exactly the lines that are missing', () => {
    const lines = catalogLines(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        name: 'orders',
      },
      { 'jenkins.io/job-full-name': 'orders' },
      firstUse.findings,
    );
    expect(lines.filter(({ added }) => added).map(({ text }) => text)).toEqual([
      '    spinnaker.io/application-name: orders',
      '    backstage.io/kubernetes-id: orders',
    ]);
    expect(lines).toContainEqual({
      text: '    jenkins.io/job-full-name: orders',
      added: false,
    });
  });

  it('says how much is missing', () => {
    expect(findingsSummary(firstUse.findings)).toBe(
      '2 found, 2 missing, 1 unknown',
    );
    expect(firstUseSentence(firstUse.findings)).toContain(
      'Two things are missing.',
    );
  });
});

describe('approvalCard', () => {
  it('names the act and what the approval is bound to', () => {
    const card = approvalCard(approvalRequest(), CLOCK);
    expect(card).toMatchObject({
      title: 'Release 42 to production-eu',
      ends: 'Ends in 4 d 6 h, Tuesday 17:05',
      commits: '3 commits by ben and anna',
      approve: { label: 'Approve release 42', blocked: false },
      reject: { act: 'Reject release 42', possible: true },
    });
    expect(card.approve.rest).toContain(
      'what production-eu runs now (Release 41)',
    );
  });

  it('says why an approval does not count and who else can', () => {
    const card = approvalCard(
      approvalRequest({
        mayApprove: {
          allowed: false,
          reason: 'Your approval does not count: you asked for it.',
        },
      }),
      CLOCK,
    );
    expect(card.approve).toMatchObject({
      blocked: true,
      lead: 'Your approval does not count:',
      rest: 'you asked for it. chidi, dana, lee or mina can approve.',
    });
  });
});

describe('records', () => {
  it('names people and keeps their words', () => {
    expect(historyRows(history, CLOCK)[0]).toMatchObject({
      person: 'chidi',
      text: 'approved Release 42 for production-eu',
      quote: 'Checked the tax split with finance.',
      promotion: { number: 318 },
    });
  });

  it('says how long a build takes so far, and no tests rather than none failed', () => {
    expect(buildRows(builds, CLOCK)[0]).toMatchObject({
      took: '1 min so far',
      tests: 'No data',
      release: undefined,
    });
  });

  it('keeps a promotion’s record in its order, with its hashes', () => {
    const { events } = promotionDetail();
    expect(promotionRecord([...events].reverse(), CLOCK)[0]).toMatchObject({
      person: 'anna',
      when: 'Thu 16:20',
      mark: 'record 1 · a1c09e40',
    });
    expect(promotionHeadline(promotionDetail(), CLOCK)).toBe(
      'Waited 17 h 42 min, ran 19 min',
    );
  });

  it('always says what a roll back does not undo', () => {
    expect(whatGoesBack('prod', undefined).map(({ what }) => what)).toEqual([
      'Database:',
      'Automatic promotion',
    ]);
    expect(whatGoesBack('prod', diff('prod', 40))[2]?.text).toBe(
      'stays 2.29.4-0d52be8-11bd02c4 @ e8b64f0702c9',
    );
  });
});

describe('errorText', () => {
  it.each([
    [
      new NotAllowedError('not in team-orders'),
      'refused',
      'not in team-orders',
    ],
    [new AuthenticationError('no token'), 'refused', 'no token'],
    [new ConflictError('the gates changed'), 'conflict', 'the gates changed'],
    [new TypeError('Failed to fetch'), 'unreachable', 'Failed to fetch'],
  ])('tells %s', (error, kind, detail) => {
    expect(errorText(error)).toMatchObject({ kind, detail });
  });
});

describe('whoMay', () => {
  it.each([
    [undefined, ''],
    [['group:default/team-orders'], 'Members of team-orders may.'],
    [['user:default/anna', 'user:default/ben'], 'anna or ben may.'],
    [
      ['user:default/anna', 'group:default/platform'],
      'anna or members of platform may.',
    ],
  ])('says who', (who, text) => {
    expect(whoMay(who)).toBe(text);
  });
});
