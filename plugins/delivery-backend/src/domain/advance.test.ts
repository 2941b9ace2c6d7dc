// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FINAL_PHASES, isFinal } from 'backstage-plugin-delivery-common';
import { CONFIG, ORDERS } from '../__testUtils__/demoConfig';
import { releaseRecord } from '../__testUtils__/releaseRecord';
import { advance } from './advance';
import { firstSubject } from './firstSubject';
import { newPromotion } from './newPromotion';
import type { PromotionInput } from './PromotionInput';
import type { PromotionRecord } from './PromotionRecord';
import { toRelease } from './toRelease';

const AT = '2026-11-16T09:00:00.000Z';
const release = toRelease({
  record: releaseRecord(7, { digit: 'a' }),
  evidence: {},
});
const [, staging] = CONFIG.paths.get('default')!.environments;
const waiting: PromotionRecord = {
  ...newPromotion({
    now: new Date(AT),
    release,
    environment: 'staging',
    kind: 'forward',
    requestedBy: 'user:default/ben',
    reason: 'It is time',
    subjectFields: firstSubject({
      entityUid: ORDERS.uid,
      environment: staging,
      release,
      kind: 'forward',
    }),
    expiry: 86_400_000,
  }),
  number: 1,
};

const INPUTS: PromotionInput[] = [
  {
    type: 'gates-passed',
    at: AT,
    decision: {
      outcome: 'proceed',
      reason: 'All',
      verdicts: [],
      decidedAt: AT,
    },
    approvedBy: ['user:default/anna'],
    requestHash: release.fingerprint,
    pipelineId: 'p',
  },
  {
    type: 'subject-changed',
    at: AT,
    subject: release.fingerprint,
    fields: waiting.subjectFields,
    changed: ['the gates'],
  },
  { type: 'waits', at: AT, reason: 'Soak' },
  { type: 'call-begins', at: AT },
  { type: 'call-unknown', at: AT, reason: 'No answer' },
  { type: 'start-refused', at: AT, reason: 'Refused' },
  { type: 'start-again', at: AT },
  {
    type: 'execution-found',
    at: AT,
    execution: { engine: 'fake', id: 'e1' },
    adopted: false,
  },
  {
    type: 'progress',
    at: AT,
    progress: { step: 'Deploy' },
    deployReached: true,
  },
  { type: 'execution-succeeded', at: AT },
  { type: 'execution-failed', at: AT, message: 'Broken', deployReached: true },
  {
    type: 'execution-cancelled',
    at: AT,
    message: 'Cancelled',
    deployReached: false,
  },
  { type: 'seen-healthy', at: AT },
  { type: 'seen-unhealthy', at: AT },
  { type: 'verified', at: AT },
  { type: 'verification-failed', at: AT, message: 'Broken' },
  { type: 'overtaken', at: AT, reason: 'Newer' },
  { type: 'unclear', at: AT, reason: 'Nobody knows' },
  { type: 'approved', at: AT, by: 'user:default/anna' },
  { type: 'rejected', at: AT, by: 'user:default/anna', reason: 'No' },
  { type: 'cancel-requested', at: AT, by: 'user:default/ben', reason: 'No' },
  { type: 'cancel-sent', at: AT },
  { type: 'superseded', at: AT, reason: 'Newer' },
  { type: 'expired', at: AT },
  { type: 'none-exists', at: AT, by: 'user:default/chidi', reason: 'Looked' },
  { type: 'given-up', at: AT, by: 'user:default/chidi', reason: 'Looked' },
  {
    type: 'adopted',
    at: AT,
    by: 'user:default/chidi',
    reason: 'Looked',
    execution: { engine: 'fake', id: 'e2' },
  },
];

const sequences = fc.array(fc.constantFrom(...INPUTS), { maxLength: 40 });

describe('advance', () => {
  it('keeps its invariants over any sequence of inputs', () => {
    const check = () =>
      fc.assert(
        fc.property(sequences, inputs => {
          let promotion = waiting;
          let began = 0;
          let ended = 0;
          let calls = 0;
          for (const input of inputs) {
            const before = promotion;
            const { effects, line, promotion: after } = advance(before, input);
            if (after === before) {
              assert.deepEqual(effects, []);
              assert.equal(line, undefined);
            } else {
              assert.ok(!isFinal(before.phase));
              assert.equal(after.version, before.version + 1);
              if (after.phase !== before.phase) {
                assert.ok(line);
              }
            }
            // A call is made only while starting, once for each attempt.
            if (!before.intent?.callAt && after.intent?.callAt) {
              calls += 1;
              assert.equal(after.phase, 'starting');
            }
            began += effects.filter(e => e.type === 'deployment-began').length;
            ended += effects.filter(
              e =>
                e.type === 'deployment-verified' ||
                e.type === 'deployment-failed',
            ).length;
            promotion = after;
          }
          assert.ok(calls <= promotion.attempt);
          assert.ok(began <= 1);
          assert.ok(ended <= 1);
          if (promotion.phase === 'succeeded') {
            assert.equal(ended, 1);
            assert.ok(promotion.execution);
          }
          if (promotion.phase !== 'waiting' && !isFinal(promotion.phase)) {
            assert.ok(promotion.admitted);
          }
        }),
        { numRuns: 10_000 },
      );
    expect(check).not.toThrow();
  });

  it('never leaves the end, whatever happens', () => {
    for (const phase of FINAL_PHASES) {
      for (const input of INPUTS) {
        const promotion: PromotionRecord = { ...waiting, phase };
        expect(advance(promotion, input).promotion).toBe(promotion);
      }
    }
  });

  it('cancels by itself only where nothing can exist yet', () => {
    const cancel = INPUTS.find(input => input.type === 'cancel-requested')!;
    const admitted = advance(waiting, INPUTS[0]).promotion;
    const calling = advance(admitted, {
      type: 'call-begins',
      at: AT,
    }).promotion;
    expect(advance(waiting, cancel).promotion.phase).toBe('cancelled');
    expect(advance(admitted, cancel).promotion.phase).toBe('cancelled');
    expect(advance(calling, cancel).promotion).toMatchObject({
      phase: 'starting',
      cancelRequested: { reason: 'No' },
    });
  });

  it('never rolls a rollback back', () => {
    const failed = advance(
      { ...waiting, kind: 'rollback', phase: 'running' },
      { type: 'execution-failed', at: AT, message: 'No', deployReached: true },
    );
    expect(failed.effects.map(effect => effect.type)).toEqual([
      'deployment-failed',
    ]);
  });
});
