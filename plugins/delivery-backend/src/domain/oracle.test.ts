// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import type { GateContext } from 'backstage-plugin-delivery-node';
import fc from 'fast-check';
import { readGates } from '../config/readGates';
import { decide, evaluateGates } from './decide';
import { withOverrides } from './withOverrides';
import { builtInGates } from '../gates/builtInGates';
import {
  approvalOf,
  environmentNamed,
  gateContext,
} from '../__testUtils__/gateContext';
import {
  askOracle,
  type OracleCase,
  type OracleGate,
  type OracleRange,
} from '../__testUtils__/oracle';
import { oracleCase } from '../__testUtils__/oracleCase';

const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const SUBJECT = `sha256:${'0'.repeat(64)}`;
const base = gateContext();
const types = new Map(builtInGates.map(gate => [gate.type, gate]));

/** How many cases; the full number with `DELIVERY_ORACLE_CASES=100000`. */
const CASES = Number(process.env.DELIVERY_ORACLE_CASES ?? 10_000);

jest.setTimeout(120_000);

const writtenRange = ({ days, from, to }: OracleRange) =>
  `${days.map(day => DAYS[day]).join(',')} ${from}-${to}`;

/** The Gate as a user writes it. */
function written(gate: OracleGate): Record<string, unknown> {
  const { kinds, ...rest } = gate;
  switch (rest.type) {
    case 'approvals':
      return { ...rest, kinds, expiresAfter: `${rest.expiresAfter}h` };
    case 'window':
      return {
        ...rest,
        kinds,
        allow: rest.allow.map(writtenRange),
        deny: rest.deny.map(writtenRange),
      };
    case 'freeze':
      return {
        ...rest,
        kinds,
        entries: rest.entries.map(entry => ({
          ...entry,
          title: 'Quiet',
          owner: 'ops',
          reason: 'Quiet time',
        })),
      };
    case 'soak':
      return { ...rest, kinds, for: `${rest.for}m` };
    case 'evidence': {
      const { critical, ...others } = rest;
      return {
        ...others,
        kinds,
        ...(critical === undefined ? {} : { scan: { critical } }),
      };
    }
    default:
      return { ...rest, kinds };
  }
}

/** What the real policy says. */
function askDelivery(given: OracleCase) {
  const { faults, gates } = readGates(given.gates.map(written), {
    types,
    path: ['gates'],
  });
  if (faults.length > 0) {
    throw new Error(JSON.stringify(faults));
  }
  const after = given.upstream.map((_, n) => `before-${n}`);
  const environment = environmentNamed('prod', { after });
  const context: GateContext = {
    ...base,
    now: new Date(given.now),
    kind:
      given.kind === 'forward' || given.kind === 'rollback'
        ? given.kind
        : 'automatic',
    environment,
    release: {
      ...base.release,
      evidence: {
        ...(given.tests ? { unitTests: { ...given.tests, skipped: 0 } } : {}),
        ...(given.critical === undefined
          ? {}
          : { scan: { critical: given.critical, high: 0, medium: 0, low: 0 } }),
      },
      ...(given.markedBad
        ? {
            markedBad: {
              by: 'user:default/mina',
              reason: 'It loses orders',
              at: given.now,
            },
          }
        : {}),
    },
    requestedBy: given.requester,
    authors: given.authors,
    people: new Map(Object.entries(given.groups)),
    environments: new Map(
      given.upstream.map(({ ever, since }, n) => [
        `before-${n}`,
        {
          environment: environmentNamed(`before-${n}`),
          everVerified: ever,
          verifiedSince: since,
        },
      ]),
    ),
    approvals: given.approvals.map(({ at, by, verdict, void: isVoid }) =>
      approvalOf('', {
        by,
        verdict,
        at,
        ...(isVoid ? { void: 'Changed since' } : {}),
      }),
    ),
  };
  const overrides = given.overrides.map(override => ({
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    by: 'user:default/lee',
    gates: [...override.gates],
    subject: override.current ? SUBJECT : `sha256:${'1'.repeat(64)}`,
    reason: 'It burns',
    at: given.now,
    reviewDue: given.now,
  }));
  const judge = (now: Date) =>
    withOverrides(
      evaluateGates(gates, { ...context, now }),
      overrides,
      SUBJECT,
    );
  return decide(judge, context.now);
}

describe('the policy and a naive one that shares nothing with it', () => {
  it(`agree on ${CASES} random cases`, () => {
    const counts = { proceed: 0, wait: 0, stop: 0, earliest: 0 };
    fc.assert(
      fc.property(oracleCase, given => {
        const decision = askDelivery(given);
        const oracle = askOracle(given);
        const said = {
          gates: Object.fromEntries(
            decision.verdicts.map(({ gate, status }) => [gate, status]),
          ),
          outcome: decision.outcome,
        };
        // Compared as text first: a matcher takes longer than the decision.
        if (JSON.stringify(said) !== JSON.stringify(oracle)) {
          assert.deepEqual(said, oracle);
        }
        counts[decision.outcome] += 1;
        const { earliest } = decision;
        if (earliest) {
          counts.earliest += 1;
          // What stands in the way then is nothing, and a moment before something.
          assert.equal(
            askOracle({ ...given, now: earliest }).outcome,
            'proceed',
          );
          const before = new Date(Date.parse(earliest) - 1).toISOString();
          assert.notEqual(
            askOracle({ ...given, now: before }).outcome,
            'proceed',
          );
        }
      }),
      { numRuns: CASES },
    );
    process.stdout.write(
      `oracle: ${CASES} cases agree (${counts.proceed} proceed, ${counts.wait} wait, ${counts.stop} stop, ${counts.earliest} with an earliest time)\n`,
    );
    expect(counts.proceed).toBeGreaterThan(CASES / 50);
    expect(counts.wait).toBeGreaterThan(CASES / 50);
    expect(counts.stop).toBeGreaterThan(CASES / 50);
  });
});
