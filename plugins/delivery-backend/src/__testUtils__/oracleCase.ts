// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { OracleCase, OracleGate, OracleRange } from './oracle';

const PEOPLE = ['anna', 'ben', 'chidi', 'lee', 'mina'].map(
  name => `user:default/${name}`,
);
const FROM = ['owner', 'group:default/platform', 'group:default/board'];
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
];
/** Ordinary days, the nights in which clocks change, a leap day, a year's end. */
const DAYS = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-11-16',
  '2026-12-31',
  '2028-02-29',
];
const HOUR = 3_600_000;

const person = fc.constantFrom(...PEOPLE);
const quarter = fc
  .integer({ min: 0, max: 95 })
  .map(
    n =>
      `${String(Math.floor(n / 4)).padStart(2, '0')}:${String(
        (n % 4) * 15,
      ).padStart(2, '0')}`,
  );
const zone = fc.constantFrom(...ZONES);
const now = fc
  .tuple(fc.constantFrom(...DAYS), fc.integer({ min: -60, max: 120 }))
  .map(([day, quarters]) =>
    new Date(Date.parse(`${day}T00:00Z`) + quarters * 900_000).toISOString(),
  );

const range: fc.Arbitrary<OracleRange> = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), {
      minLength: 1,
      maxLength: 7,
    }),
    from: quarter,
    to: fc.oneof(quarter, fc.constant('24:00')),
  })
  .filter(({ from, to }) => from !== to);

const common = {
  mode: fc.constantFrom(
    'enforce' as const,
    'enforce' as const,
    'audit' as const,
  ),
  onUnknown: fc.constantFrom('wait' as const, 'fail' as const),
  overridable: fc.boolean(),
  kinds: fc.uniqueArray(fc.constantFrom('forward', 'automatic', 'rollback'), {
    minLength: 1,
  }),
};

const gate = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...common,
      type: fc.constant('approvals' as const),
      slots: fc
        .array(
          fc.record({
            name: fc.constantFrom('first', 'second'),
            from: fc.oneof(fc.constantFrom(...FROM), person),
            count: fc.integer({ min: 1, max: 2 }),
          }),
          { minLength: 1, maxLength: 3 },
        )
        // One person cannot fill two; delivery does not start with such slots.
        .map(slots =>
          slots
            .map(slot =>
              slot.from.startsWith('user:') ? { ...slot, count: 1 } : slot,
            )
            .filter(
              ({ from }, index) =>
                !from.startsWith('user:') ||
                slots.findIndex(other => other.from === from) === index,
            ),
        ),
      excludeRequester: fc.boolean(),
      excludeAuthors: fc.boolean(),
      expiresAfter: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        ...common,
        type: fc.constant('window' as const),
        zone,
        allow: fc.array(range, { maxLength: 2 }),
        deny: fc.array(range, { maxLength: 2 }),
      })
      .filter(({ allow, deny }) => allow.length + deny.length > 0),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      type: fc.constant('freeze' as const),
      zone,
      entries: fc.array(
        fc
          .tuple(fc.constantFrom(...DAYS), quarter, quarter, fc.boolean())
          .map(([day, from, to, next]) => ({
            from: `${day} ${from}`,
            to: `${next ? nextDay(day) : day} ${to}`,
          }))
          // What is left over when the clock jumps over all of it is no freeze.
          .filter(
            ({ from, to }) => Date.parse(to) - Date.parse(from) > 2 * HOUR,
          ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
  fc.record({
    ...common,
    type: fc.constant('soak' as const),
    for: fc.integer({ min: 1, max: 600 }),
  }),
  fc.record({ ...common, type: fc.constant('upstream' as const) }),
  fc.record({ ...common, type: fc.constant('notMarkedBad' as const) }),
  fc.record({
    ...common,
    type: fc.constant('evidence' as const),
    unitTests: fc.boolean(),
    critical: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  }),
);

/** A random policy with the people, approvals, overrides and time to judge it by. */
export const oracleCase: fc.Arbitrary<OracleCase> = fc
  .record({
    kind: fc.constantFrom('forward', 'automatic', 'rollback'),
    now,
    gates: fc
      .array(gate, { minLength: 1, maxLength: 4 })
      .map(gates =>
        gates.map((one, n): OracleGate => ({ id: `g${n}`, ...one })),
      ),
    requester: fc.option(person, { nil: undefined }),
    authors: fc.uniqueArray(person, { maxLength: 2 }),
    groups: fc
      .tuple(
        ...FROM.map(() =>
          fc.option(fc.uniqueArray(person, { maxLength: 4 }), {
            nil: undefined,
            freq: 8,
          }),
        ),
      )
      .map(members => ({
        ...Object.fromEntries(PEOPLE.map(one => [one, [one]])),
        ...Object.fromEntries(
          FROM.flatMap((name, n) => {
            const found = members[n];
            return found ? [[name, found]] : [];
          }),
        ),
      })),
    approvals: fc.array(
      fc.record({
        by: person,
        verdict: fc.constantFrom(
          'approve' as const,
          'approve' as const,
          'approve' as const,
          'reject' as const,
        ),
        age: fc.integer({ min: 0, max: 1_900 }),
        void: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
      }),
      { maxLength: 6 },
    ),
    overrides: fc.array(
      fc.record({
        gates: fc.uniqueArray(fc.constantFrom('g0', 'g1', 'g2', 'g3'), {
          minLength: 1,
        }),
        current: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    upstream: fc.array(
      fc.record({
        ever: fc.boolean(),
        age: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    markedBad: fc.integer({ min: 0, max: 4 }).map(n => n === 0),
    tests: fc.option(
      fc.record({
        passed: fc.integer({ min: 0, max: 3 }),
        failed: fc.integer({ min: 0, max: 1 }),
      }),
      { nil: undefined },
    ),
    critical: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  })
  .map(given => {
    const before = (minutes: number) =>
      new Date(Date.parse(given.now) - minutes * 60_000).toISOString();
    return {
      ...given,
      approvals: given.approvals.map(({ age, ...one }) => ({
        ...one,
        at: before(age),
      })),
      upstream: given.upstream.map(({ age, ever }) => ({
        ever,
        since: age === undefined ? undefined : before(age),
      })),
    };
  });

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) + 24 * HOUR)
    .toISOString()
    .slice(0, 10);
}
