// SPDX-License-Identifier: Apache-2.0
import type { Override } from 'backstage-plugin-delivery-common';
import type { GateContext } from 'backstage-plugin-delivery-node';
import {
  approvalOf,
  environmentNamed,
  gateContext,
  NOW,
  observationOf,
} from '../__testUtils__/gateContext';
import { readGates } from '../config/readGates';
import { decide, evaluateGates } from '../domain/decide';
import { builtInGates } from './builtInGates';

const types = new Map(builtInGates.map(gate => [gate.type, gate]));

function configured(...written: object[]) {
  const read = readGates(written, { types, path: ['gates'] });
  expect(read.faults).toEqual([]);
  return read.gates;
}

function verdict(written: object, given: Partial<GateContext> = {}) {
  const [gate] = configured(written);
  return gate.gate.evaluate(gate.config, gateContext(given));
}

const fact = (body: unknown): Partial<GateContext> => ({
  facts: new Map([
    [
      'answer',
      {
        state: 'known',
        body,
        at: NOW.toISOString(),
        digest: `sha256:${'0'.repeat(64)}`,
      },
    ],
  ]),
});

const series = (...values: string[]) =>
  fact({
    status: 'success',
    data: {
      resultType: 'vector',
      result: values.map(value => ({ metric: {}, value: [1, value] })),
    },
  });

const prod = environmentNamed('prod', { after: ['staging', 'canary'] });
const release = gateContext().release;
const metric = {
  type: 'metric',
  title: 'Error rate',
  prometheus: 'https://prometheus.example',
  query: 'errors',
};
const http = {
  type: 'http',
  title: 'Board',
  url: 'https://board.example',
  pass: { path: 'result.allowed', equals: true },
  reason: 'result.message',
};
const seen = (health: Parameters<typeof observationOf>[0], ready = 2) => ({
  environments: new Map([
    [
      'prod',
      {
        environment: prod,
        everVerified: false,
        observation: observationOf(health, ready),
      },
    ],
  ]),
});
const override: Override = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  by: 'user:default/anna',
  at: NOW.toISOString(),
  gates: ['soak', 'window'],
  reason: 'Fire',
  reviewDue: '2026-11-15T09:00:00.000Z',
  subject: `sha256:${'0'.repeat(64)}`,
};
const freeze = (...entries: [string, string, string][]) => ({
  type: 'freeze',
  zone: 'UTC',
  entries: entries.map(([title, from, to]) => ({
    title,
    from,
    to,
    owner: 'ops',
    reason: 'Sale',
  })),
});
const evidenceOf = (evidence: typeof release.evidence) => ({
  release: { ...release, evidence },
});
const counts = { critical: 1, high: 2, medium: 3, low: 4 };

describe('what each gate says, word for word', () => {
  it.each<[string, object, Partial<GateContext>, object]>([
    [
      'upstream',
      { type: 'upstream' },
      { environment: prod },
      {
        status: 'wait',
        reason: 'Release 7 is not verified in canary yet.',
      },
    ],
    [
      'upstream, nowhere',
      { type: 'upstream' },
      { environment: prod, environments: new Map() },
      {
        status: 'wait',
        reason: 'Release 7 is not verified in staging and canary yet.',
      },
    ],
    [
      'soak, absent',
      { type: 'soak', for: '30m' },
      { environment: prod, environments: new Map() },
      {
        status: 'wait',
        reason:
          'Release 7 does not run verified and healthy in staging and canary now; it must for 30 min.',
      },
    ],
    [
      'soak, over',
      { type: 'soak', for: '30m' },
      {},
      { status: 'pass', reason: '1 h of 30 min in staging.' },
    ],
    [
      'soak, on the second',
      { type: 'soak', for: '1h' },
      {},
      { status: 'pass', reason: '1 h of 1 h in staging.' },
    ],
    [
      'soak, half',
      { type: 'soak', for: '2h' },
      {},
      {
        status: 'wait',
        reason: '1 h of 2 h in staging left.',
        earliest: '2026-11-16T10:00:00.000Z',
      },
    ],
    [
      'health, healthy',
      { type: 'health' },
      seen('healthy'),
      { status: 'pass', reason: '2 of 2 pods ready.' },
    ],
    [
      'health, nothing there',
      { type: 'health' },
      seen('missing', 0),
      { status: 'pass', reason: 'Nothing runs there yet.' },
    ],
    [
      'health, rolling',
      { type: 'health' },
      seen('progressing', 1),
      {
        status: 'wait',
        reason: 'A rollout is going on: 1 of 2 pods ready.',
      },
    ],
    [
      'health, broken',
      { type: 'health' },
      seen('unhealthy', 0),
      {
        status: 'wait',
        reason: 'What runs there is not healthy: 0 of 2 pods ready.',
      },
    ],
    [
      'health, not seen',
      { type: 'health' },
      seen('unknown'),
      { status: 'unknown', reason: 'What runs there is not known.' },
    ],
    [
      'health, never seen',
      { type: 'health' },
      { environments: new Map() },
      { status: 'unknown', reason: 'What runs there is not known.' },
    ],
    [
      'reviews, none',
      { type: 'noOpenReview' },
      {},
      { status: 'pass', reason: 'No review is overdue.' },
    ],
    [
      'reviews, overdue',
      { type: 'noOpenReview' },
      { overdueReviews: [override] },
      {
        status: 'wait',
        reason:
          'anna overrode soak, window, and the review was due 2026-11-15. Somebody else must close it.',
      },
    ],
    [
      'bad',
      { type: 'notMarkedBad' },
      {
        release: {
          ...release,
          markedBad: {
            by: 'user:default/anna',
            at: NOW.toISOString(),
            reason: 'x'.repeat(600),
          },
        },
      },
      {
        status: 'fail',
        reason: `anna marked Release 7 as bad: ${'x'.repeat(600)}`.slice(
          0,
          500,
        ),
      },
    ],
    [
      'not bad',
      { type: 'notMarkedBad' },
      {},
      { status: 'pass', reason: 'Nobody marked Release 7 as bad.' },
    ],
    [
      'evidence, everything there',
      { type: 'evidence', imageTest: true, scan: { critical: 1 } },
      evidenceOf({
        unitTests: { passed: 12, failed: 0, skipped: 1 },
        imageTest: { passed: 3, failed: 0, skipped: 0 },
        scan: counts,
      }),
      {
        status: 'pass',
        reason:
          'Unit tests: 12 of 12 passed; Image test: 3 of 3 passed; Image scan: 1 critical, 2 high, 3 medium.',
        evidence: [
          { title: 'Unit tests', value: '12 of 12 passed' },
          { title: 'Image test', value: '3 of 3 passed' },
          { title: 'Image scan', value: '1 critical, 2 high, 3 medium' },
        ],
      },
    ],
    [
      'evidence, nothing there',
      { type: 'evidence', imageTest: true, scan: {} },
      evidenceOf({ unitTests: { passed: 0, failed: 0, skipped: 9 } }),
      {
        status: 'unknown',
        reason:
          'Unit tests: no data; Image test: no data; Image scan: no data.',
        evidence: [
          { title: 'Unit tests', value: 'no data' },
          { title: 'Image test', value: 'no data' },
          { title: 'Image scan', value: 'no data' },
        ],
      },
    ],
    [
      'evidence, failed',
      { type: 'evidence', scan: { critical: 0, high: 1, medium: 3 } },
      evidenceOf({
        unitTests: { passed: 10, failed: 2, skipped: 0 },
        scan: counts,
      }),
      {
        status: 'fail',
        reason:
          'Unit tests: 10 of 12 passed; Image scan: 1 critical, at most 0 allowed, 2 high, at most 1 allowed.',
        evidence: [
          { title: 'Unit tests', value: '10 of 12 passed' },
          {
            title: 'Image scan',
            value: '1 critical, at most 0 allowed, 2 high, at most 1 allowed',
          },
        ],
      },
    ],
    [
      'evidence, only what is asked for',
      { type: 'evidence', unitTests: false, scan: {} },
      evidenceOf({ scan: counts }),
      {
        status: 'pass',
        reason: 'Image scan: 1 critical, 2 high, 3 medium.',
        evidence: [
          { title: 'Image scan', value: '1 critical, 2 high, 3 medium' },
        ],
      },
    ],
    [
      'metric, not asked',
      { ...metric, max: 1 },
      {},
      { status: 'unknown', reason: 'It was not asked yet.' },
    ],
    [
      'metric, no answer',
      { ...metric, max: 1 },
      {
        facts: new Map([
          [
            'answer',
            { state: 'unknown', reason: 'Refused.', at: NOW.toISOString() },
          ],
        ]),
      },
      { status: 'unknown', reason: 'Refused.' },
    ],
    [
      'metric, nonsense',
      { ...metric, max: 1 },
      fact({ status: 'error' }),
      { status: 'unknown', reason: 'Prometheus did not answer with figures.' },
    ],
    [
      'metric, no series',
      { ...metric, max: 1 },
      series(),
      { status: 'unknown', reason: 'No data.' },
    ],
    [
      'metric, one no number',
      { ...metric, max: 1 },
      series('0.5', 'NaN'),
      { status: 'unknown', reason: 'No data.' },
    ],
    [
      'metric, within, on both bounds',
      { ...metric, min: 0.5, max: 1 },
      series('0.5', '1'),
      {
        status: 'pass',
        reason: '0.5, at least 0.5, at most 1 allowed.',
        evidence: [
          { title: 'Error rate', value: '0.5', at: NOW.toISOString() },
        ],
      },
    ],
    [
      'metric, above',
      { ...metric, max: 1 },
      series('0.5', '1.5'),
      {
        status: 'wait',
        reason: '1.5, at most 1 allowed.',
        evidence: [
          { title: 'Error rate', value: '1.5', at: NOW.toISOString() },
        ],
      },
    ],
    [
      'metric, below',
      { ...metric, min: 2 },
      series('1.5'),
      {
        status: 'wait',
        reason: '1.5, at least 2 allowed.',
        evidence: [
          { title: 'Error rate', value: '1.5', at: NOW.toISOString() },
        ],
      },
    ],
    [
      'http, not asked',
      http,
      {},
      { status: 'unknown', reason: 'It was not asked yet.' },
    ],
    [
      'http, allowed with a reason',
      http,
      fact({ result: { allowed: true, message: 'm'.repeat(500) } }),
      {
        status: 'pass',
        reason: 'm'.repeat(400),
        evidence: [
          { title: 'result.allowed', value: 'true', at: NOW.toISOString() },
        ],
      },
    ],
    [
      'http, refused without one',
      http,
      fact({ result: { allowed: 'x'.repeat(300), message: '' } }),
      {
        status: 'wait',
        reason: `result.allowed is "${'x'.repeat(300)}"`,
        evidence: [
          {
            title: 'result.allowed',
            value: `"${'x'.repeat(199)}`,
            at: NOW.toISOString(),
          },
        ],
      },
    ],
    [
      'http, not there',
      http,
      fact({}),
      {
        status: 'wait',
        reason: 'result.allowed is not there',
        evidence: [
          {
            title: 'result.allowed',
            value: 'not there',
            at: NOW.toISOString(),
          },
        ],
      },
    ],
    [
      'window, always open',
      { type: 'window', zone: 'UTC', allow: ['Mon-Sun 00:00-24:00'] },
      {},
      { status: 'pass', reason: 'Open (Mon-Sun 00:00-24:00 UTC).' },
    ],
    [
      'window, nothing but denied',
      { type: 'window', zone: 'UTC', deny: ['Mon-Sun 00:00-24:00'] },
      {},
      { status: 'wait', reason: 'Never opens (UTC).' },
    ],
    [
      'window, opens',
      {
        type: 'window',
        zone: 'UTC',
        allow: ['Mon 10:00-11:00', 'Tue 10:00-11:00'],
      },
      {},
      {
        status: 'wait',
        reason: 'Opens today 10:00 (Mon 10:00-11:00, Tue 10:00-11:00 UTC).',
        earliest: '2026-11-16T10:00:00.000Z',
      },
    ],
    [
      'window, open until',
      { type: 'window', zone: 'UTC', allow: ['Mon 09:00-11:00'] },
      {},
      { status: 'pass', reason: 'Open until today 11:00 UTC.' },
    ],
    [
      'freeze, none',
      freeze(['Sale', '2026-11-16 10:00', '2026-11-17']),
      {},
      { status: 'pass', reason: 'None.' },
    ],
    [
      'freeze, the one of now among others',
      freeze(
        ['Before', '2026-11-10', '2026-11-16 09:00'],
        ['Now', '2026-11-16 09:00', '2026-11-17'],
        ['After', '2026-11-16 10:00', '2026-11-18'],
      ),
      {},
      {
        status: 'wait',
        reason: '“Now” until Wednesday 00:00 UTC: Sale. Set by ops.',
        earliest: '2026-11-18T00:00:00.000Z',
      },
    ],
  ])('%s', (_, written, given, expected) => {
    expect(verdict(written, given)).toEqual(expected);
  });

  it('under their titles', () => {
    const titles = configured(
      { type: 'upstream' },
      { type: 'soak', for: '1h' },
      { type: 'approvals', slots: [{ name: 'o', from: 'owner' }] },
      { type: 'window', zone: 'UTC', allow: ['Mon 10:00-11:00'] },
      freeze(['Sale', '2026-11-16', '2026-11-17']),
      { type: 'evidence' },
      { type: 'health' },
      { type: 'notMarkedBad' },
      { type: 'noOpenReview' },
      http,
      { ...metric, max: 1 },
    ).map(({ config, gate }) => gate.title(config));
    expect(titles).toEqual([
      'Upstream',
      'Soak',
      'Approvals',
      'Window',
      'Freeze',
      'Evidence',
      'Target healthy',
      'Not marked bad',
      'Reviews',
      'Board',
      'Error rate',
    ]);
  });
});

describe('an approvals gate', () => {
  const slots = (...given: object[]) => ({
    type: 'approvals',
    slots: given,
  });
  const people = new Map([
    ['owner', ['user:default/anna', 'user:default/ben', 'user:default/mina']],
    ['group:default/sre', ['user:default/chidi', 'user:default/lee']],
    ['group:default/empty', []],
  ]);
  const owner = { name: 'owner', from: 'owner' };
  const pair = { name: 'sre', from: 'group:default/sre', count: 2 };

  it('names its places, who may fill them, and who is left out and why', () => {
    const [gate] = configured(slots(owner, pair));
    expect(gate.gate.people?.(gate.config)).toEqual([
      'owner',
      'group:default/sre',
    ]);
    expect(
      gate.gate.approvals?.(
        gate.config,
        gateContext({
          people,
          requestedBy: 'user:default/ben',
          authors: [
            'user:default/mina',
            'user:default/ben',
            'user:default/zoe',
          ],
          approvals: [approvalOf('lee')],
        }),
      ),
    ).toEqual({
      slots: [
        { name: 'owner', from: 'owner', eligible: ['user:default/anna'] },
        {
          name: 'sre',
          from: 'group:default/sre',
          filledBy: 'user:default/lee',
          eligible: ['user:default/chidi'],
        },
        {
          name: 'sre 2',
          from: 'group:default/sre',
          eligible: ['user:default/chidi'],
        },
      ],
      notCounted: [
        { person: 'user:default/ben', reason: 'asked for it' },
        { person: 'user:default/mina', reason: 'wrote one of the commits' },
      ],
    });
  });

  it('leaves nobody out who is no candidate, or when it is told so', () => {
    const [strict, loose] = configured(slots(pair), {
      ...slots(owner),
      id: 'loose',
      excludeRequester: false,
      excludeAuthors: false,
    });
    const context = gateContext({
      people,
      requestedBy: 'user:default/ben',
      authors: ['user:default/mina'],
    });
    expect(strict.gate.approvals?.(strict.config, context).notCounted).toEqual(
      [],
    );
    expect(loose.gate.approvals?.(loose.config, context)).toEqual({
      slots: [{ ...owner, eligible: people.get('owner') }],
      notCounted: [],
    });
  });

  it.each<[string, object, Partial<GateContext>, object]>([
    [
      'nobody yet',
      slots(owner, pair),
      {},
      {
        status: 'wait',
        reason: '0 of 3 given.',
        canAct: [...people.values()].flat(),
      },
    ],
    [
      'all',
      slots(owner, pair),
      { approvals: ['lee', 'anna', 'chidi'].map(name => approvalOf(name)) },
      { status: 'pass', reason: '3 of 3 given, by anna, chidi and lee.' },
    ],
    [
      'nobody who could',
      slots({ name: 'e', from: 'group:default/empty' }, owner),
      { approvals: [approvalOf('anna')] },
      {
        status: 'wait',
        reason:
          '1 of 2 given. Nobody can fill "e" (group:default/empty): everybody in it is excluded.',
      },
    ],
    [
      'a group that is not known',
      slots(owner, { name: 'x', from: 'group:default/x' }),
      { approvals: [approvalOf('anna')] },
      {
        status: 'unknown',
        reason:
          '1 of 2 given. Who may fill "x" (group:default/x) is not known now.',
      },
    ],
    [
      'an approval to the very end of its time',
      { ...slots(owner), expiresAfter: '1h' },
      { approvals: [approvalOf('anna', { at: '2026-11-16T08:00:00.001Z' })] },
      { status: 'pass', reason: '1 of 1 given, by anna.' },
    ],
    [
      'an approval whose time is over',
      { ...slots(owner), expiresAfter: '1h' },
      { approvals: [approvalOf('anna', { at: '2026-11-16T08:00:00.000Z' })] },
      expect.objectContaining({ status: 'wait', reason: '0 of 1 given.' }),
    ],
    [
      'more people than anybody reads',
      slots({ name: 'many', from: 'group:default/many' }),
      {
        people: new Map([
          [
            'group:default/many',
            Array.from({ length: 60 }, (_, index) => `user:default/u${index}`),
          ],
        ]),
      },
      expect.objectContaining({
        canAct: Array.from(
          { length: 50 },
          (_, index) => `user:default/u${index}`,
        ),
      }),
    ],
  ])('says of %s', (_, written, given, expected) => {
    expect(verdict(written, { people, ...given })).toEqual(expected);
  });
});

describe('a freeze gate', () => {
  const [gate] = configured(
    freeze(
      ['One', '2026-11-16', '2026-11-17'],
      ['Two', '2026-12-24', '2026-12-27'],
    ),
  );
  const lint = (now: string) =>
    gate.gate.lint?.(gate.config, {
      now: new Date(now),
      environment: { name: 'prod', after: ['staging'] },
      people: new Map(),
      closed: [],
    });

  it('says when it is closed from an instant on', () => {
    const two = {
      from: new Date('2026-12-24T00:00:00Z'),
      to: new Date('2026-12-27T00:00:00Z'),
    };
    const closed = (now: string) =>
      gate.gate.closed?.(gate.config, new Date(now));
    expect(closed('2026-11-17T00:00:00Z')).toEqual([two]);
    expect(closed('2026-11-16T23:59:59Z')).toHaveLength(2);
  });

  it('is told to be renewed once all is over', () => {
    expect(lint('2026-12-26T23:59:59Z')).toEqual([]);
    expect(lint('2026-12-27T00:00:00Z')).toEqual([
      {
        severity: 'warning',
        detail: 'All freezes are over, so the gate is always open.',
        fix: 'Add the next ones, or remove the gate.',
      },
    ]);
  });

  it.each<[object, string, string]>([
    [{ type: 'freeze' }, 'entries', 'needs freezes, here or in a calendar'],
    [
      freeze(['Odd', '2026-11-17', '2026-11-16']),
      'entries[0].to',
      'must be a time after 2026-11-17',
    ],
    [
      { type: 'freeze', calendar: 'BEGIN:NOTHING' },
      'calendar',
      'is no calendar',
    ],
  ])('refuses %j at its key', (written, path, message) => {
    const { faults } = readGates([written], { types, path: ['gates'] });
    expect(faults).toHaveLength(1);
    expect(faults[0].path).toBe(`gates[0].${path}`);
    expect(faults[0].message).toContain(message);
  });
});

describe('a decision in words', () => {
  const at = new Date(NOW);
  const judge = (...given: object[]) =>
    decide(
      now => evaluateGates(configured(...given), { ...gateContext(), now }),
      at,
    );

  it('counts what passed', () => {
    expect(judge({ type: 'upstream' }, { type: 'notMarkedBad' })).toMatchObject(
      {
        outcome: 'proceed',
        reason: 'All 2 gates pass.',
        decidedAt: NOW.toISOString(),
      },
    );
  });

  it('names only what is decisive, each by its title', () => {
    const stop = judge(
      { type: 'evidence', scan: { critical: 0 }, onUnknown: 'fail' },
      { type: 'soak', for: '2h' },
    );
    expect(stop).toMatchObject({
      outcome: 'stop',
      reason: 'Evidence: Image scan: no data.',
    });
    expect(stop.earliest).toBeUndefined();
    expect(stop).not.toHaveProperty('canAct');
    expect(
      judge({ type: 'soak', for: '2h' }, { type: 'health' }),
    ).toMatchObject({
      outcome: 'wait',
      reason:
        'Soak: 1 h of 2 h in staging left. Target healthy: What runs there is not known.',
    });
  });

  it('is as late as the last of the gates', () => {
    expect(
      judge(
        { type: 'soak', for: '2h' },
        { type: 'soak', id: 'long', for: '3h' },
      ),
    ).toMatchObject({ outcome: 'wait', earliest: '2026-11-16T11:00:00.000Z' });
  });

  it('is never longer than people read', () => {
    const gates = Array.from({ length: 20 }, (_, index) => ({
      type: 'soak',
      id: `soak-${index}`,
      for: '2h',
    }));
    expect(judge(...gates).reason).toHaveLength(500);
  });

  it('carries the mode only of what is not enforced, and facts only to their gate', () => {
    const gates = configured(
      { type: 'upstream', mode: 'audit' },
      { ...http, id: 'board' },
      { ...http, id: 'other' },
    );
    const verdicts = evaluateGates(
      gates,
      gateContext(),
      new Map([['board', fact({ result: { allowed: true } }).facts!]]),
    );
    expect(
      verdicts.map(({ gate, mode, status }) => [gate, mode, status]),
    ).toEqual([
      ['upstream', 'audit', 'pass'],
      ['board', undefined, 'pass'],
      ['other', undefined, 'unknown'],
    ]);
    expect(verdicts[1]).not.toHaveProperty('mode');
  });
});
