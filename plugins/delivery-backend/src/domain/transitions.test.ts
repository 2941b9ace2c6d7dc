// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG, ORDERS } from '../__testUtils__/demoConfig';
import { releaseRecord } from '../__testUtils__/releaseRecord';
import { advance } from './advance';
import { firstSubject } from './firstSubject';
import { newPromotion } from './newPromotion';
import type { PromotionInput } from './PromotionInput';
import type { PromotionRecord } from './PromotionRecord';
import { toRelease } from './toRelease';

const AT = '2026-11-16T09:00:00.000Z';
const LATER = '2026-11-16T09:05:00.000Z';
const release = toRelease({
  record: releaseRecord(7, { digit: 'a' }),
  evidence: {},
});
const [, staging] = CONFIG.paths.get('default')!.environments;
const fields = firstSubject({
  entityUid: ORDERS.uid,
  environment: staging,
  release,
  kind: 'forward',
});
const waiting: PromotionRecord = {
  ...newPromotion({
    now: new Date(AT),
    release,
    environment: 'staging',
    kind: 'forward',
    requestedBy: 'user:default/ben',
    reason: 'It is time',
    subjectFields: fields,
    expiry: 86_400_000,
  }),
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  number: 3,
};
const intent = { at: AT, requestHash: release.fingerprint, pipelineId: 'p' };
const starting: PromotionRecord = {
  ...waiting,
  phase: 'starting',
  attempt: 1,
  correlationId: 'dlv-1',
  intent,
};
const execution = { engine: 'fake', id: 'e1' };
const running: PromotionRecord = { ...starting, phase: 'running', execution };
const verifying: PromotionRecord = {
  ...running,
  phase: 'verifying',
  deployReached: true,
};
const unclear: PromotionRecord = { ...running, phase: 'needs-attention' };
const past = (count: number) =>
  Array.from({ length: count }, () => ({
    subject: waiting.subject,
    fields: waiting.subjectFields,
  }));

/** Promotions in every phase, and what makes a difference in it. */
const STATES: Record<string, PromotionRecord> = {
  waiting,
  'waiting, says Soak': { ...waiting, phaseReason: 'Soak' },
  'waiting, changed often': { ...waiting, pastSubjects: past(20) },
  starting,
  'starting, says Soak': { ...starting, phaseReason: 'Soak' },
  'starting, called': { ...starting, intent: { ...intent, callAt: AT } },
  'starting, called, unknown': {
    ...starting,
    intent: { ...intent, callAt: AT, unknown: 'Lost' },
  },
  'starting, without intent': { ...starting, intent: undefined },
  running,
  'running, says Soak': { ...running, phaseReason: 'Soak' },
  'running, deploying': {
    ...running,
    deployReached: true,
    progress: { step: 'Deploy' },
  },
  'running, to be cancelled': {
    ...running,
    cancelRequested: { at: AT, by: 'user:default/ben', reason: 'Not now' },
  },
  'running, cancel sent': { ...running, cancelSent: true },
  'running back': { ...running, kind: 'rollback' },
  verifying,
  'verifying, says Soak': { ...verifying, phaseReason: 'Soak' },
  'verifying, healthy': { ...verifying, healthySince: AT },
  'verifying back': { ...verifying, kind: 'rollback' },
  'needs attention': unclear,
  'needs attention, deployed': { ...unclear, deployReached: true },
  succeeded: { ...verifying, phase: 'succeeded' },
};

const by = 'user:default/chidi';
const INPUTS: Record<string, PromotionInput> = Object.fromEntries(
  (
    [
      [
        'gates-passed',
        {
          type: 'gates-passed',
          decision: {
            outcome: 'proceed',
            reason: 'All',
            verdicts: [],
            decidedAt: AT,
          },
          approvedBy: ['user:default/anna'],
          requestHash: release.fingerprint,
          pipelineId: 'p2',
        },
      ],
      [
        'subject-changed',
        {
          type: 'subject-changed',
          subject: release.fingerprint,
          fields: { ...fields, kind: 'rollback' },
          changed: ['the gates', 'the kind'],
        },
      ],
      ['waits: Soak', { type: 'waits', reason: 'Soak' }],
      ['call-begins', { type: 'call-begins' }],
      ['call-unknown', { type: 'call-unknown', reason: 'No answer.' }],
      ['start-refused', { type: 'start-refused', reason: 'Refused' }],
      ['start-again', { type: 'start-again' }],
      [
        'execution-found',
        {
          type: 'execution-found',
          execution: { engine: 'fake', id: 'e2' },
          adopted: false,
        },
      ],
      [
        'execution-found: adopted',
        {
          type: 'execution-found',
          execution: { engine: 'fake', id: 'e2' },
          adopted: true,
        },
      ],
      [
        'progress: before the deploy',
        {
          type: 'progress',
          progress: { step: 'Bake' },
          deployReached: false,
        },
      ],
      [
        'progress: Deploy',
        {
          type: 'progress',
          progress: { step: 'Deploy' },
          deployReached: true,
        },
      ],
      ['execution-succeeded', { type: 'execution-succeeded' }],
      [
        'execution-failed: before the deploy',
        {
          type: 'execution-failed',
          message: 'Broken',
          saidBy: 'kubernetes',
          deployReached: false,
        },
      ],
      [
        'execution-failed: deployed',
        {
          type: 'execution-failed',
          message: 'Broken',
          deployReached: true,
        },
      ],
      [
        'execution-cancelled: before the deploy',
        {
          type: 'execution-cancelled',
          message: 'Stopped there',
          deployReached: false,
        },
      ],
      [
        'execution-cancelled: deployed',
        {
          type: 'execution-cancelled',
          message: 'Stopped there',
          deployReached: true,
        },
      ],
      ['seen-healthy', { type: 'seen-healthy' }],
      ['seen-unhealthy', { type: 'seen-unhealthy' }],
      ['verified', { type: 'verified' }],
      ['verification-failed', { type: 'verification-failed', message: 'Dead' }],
      ['overtaken', { type: 'overtaken', reason: 'Newer' }],
      ['unclear', { type: 'unclear', reason: 'Nobody knows' }],
      ['approved', { type: 'approved', by, reason: 'Good' }],
      ['withdrawn', { type: 'withdrawn', by, reason: 'Not good' }],
      [
        'overridden',
        {
          type: 'overridden',
          by,
          gates: ['soak', 'window'],
          reason: 'Fire',
        },
      ],
      ['rejected', { type: 'rejected', by, reason: 'No' }],
      ['cancel-requested', { type: 'cancel-requested', by, reason: 'No' }],
      ['cancel-sent', { type: 'cancel-sent' }],
      ['superseded', { type: 'superseded', reason: 'Newer' }],
      ['expired', { type: 'expired' }],
      ['none-exists', { type: 'none-exists', by, reason: 'Looked' }],
      ['given-up', { type: 'given-up', by, reason: 'Looked' }],
      [
        'adopted',
        {
          type: 'adopted',
          by,
          reason: 'Looked',
          execution: { engine: 'fake', id: 'e3' },
        },
      ],
    ] as [string, PromotionInput][]
  ).map(([name, input]) => [name, { ...input, at: LATER }]),
);

/** What an input changes, writes down and brings about; nothing when it is not heard. */
function told(state: PromotionRecord, input: PromotionInput) {
  const { effects, line, promotion } = advance(state, input);
  if (promotion === state) {
    return undefined;
  }
  const changes = Object.entries(promotion).filter(
    ([key, value]) =>
      JSON.stringify(value) !==
      JSON.stringify(Object.entries(state).find(([k]) => k === key)?.[1]),
  );
  return {
    changes: Object.fromEntries(
      changes.map(([key, value]) => [
        key,
        // Only how many there are; each is what it was before.
        key === 'pastSubjects' && Array.isArray(value)
          ? value.length
          : value ?? 'none',
      ]),
    ),
    ...(line ? { line } : {}),
    ...(effects.length > 0 ? { effects } : {}),
  };
}

function table(): Record<string, Record<string, unknown>> {
  return JSON.parse(
    JSON.stringify(
      Object.fromEntries(
        Object.entries(STATES).map(([name, state]) => [
          name,
          Object.fromEntries(
            Object.entries(INPUTS).map(([said, input]) => [
              said,
              told(state, input),
            ]),
          ),
        ]),
      ),
    ),
  );
}

describe('every input in every phase', () => {
  const expected = JSON.parse(
    readFileSync(join(__dirname, '__fixtures__', 'transitions.json'), 'utf8'),
  );

  it.each(Object.keys(STATES))('is answered as written down: %s', name => {
    expect(table()[name]).toEqual(expected[name]);
  });

  it('is not heard at the end', () => {
    expect(table().succeeded).toEqual({});
  });
});
