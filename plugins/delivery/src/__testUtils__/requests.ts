// SPDX-License-Identifier: Apache-2.0
import {
  approvalRequestSchema,
  promotionDetailSchema,
  type ApprovalRequest,
  type OpenPromotion,
  type PromotionDetail,
} from 'backstage-plugin-delivery-common';
import { decision, PASSING, verdict } from './decisions';
import { slots } from './doors';
import { digest } from './ids';
import { promotion } from './promotions';
import { release } from './releases';

const WAITING = decision([
  verdict({
    gate: 'approvals',
    title: 'Approvals',
    status: 'wait',
    reason: '0 of 2 given.',
  }),
  ...PASSING,
]);

/** A request for approval that waits for the reader, with what differs. */
export function approvalRequest(
  change: Partial<ApprovalRequest> = {},
): ApprovalRequest {
  return approvalRequestSchema.parse({
    ...promotion({
      number: 318,
      environment: 'production-eu',
      releaseNumber: 42,
      decision: WAITING,
      slots: slots(),
      reason: 'Tax split for Monday’s invoices.',
      ticket: 'ORD-498',
      mayApprove: { allowed: true },
    }),
    title: 'orders',
    from: 'staging',
    release: release(42),
    replaces: 41,
    currentSubject: digest('542'),
    waitsForMe: true,
    ...change,
  });
}

/** One Promotion with its record, with what differs. */
export function promotionDetail(
  change: Partial<PromotionDetail> = {},
  open: Partial<OpenPromotion> = {},
): PromotionDetail {
  const phases = [
    ['waiting', '2026-11-19T16:20:00.000Z', 'asked to promote Release 42'],
    ['waiting', '2026-11-19T16:40:00.000Z', 'approved for owner'],
    ['starting', '2026-11-20T10:02:04.000Z', 'Decision: proceed'],
    ['running', '2026-11-20T10:02:11.000Z', 'Spinnaker execution started'],
    ['verifying', '2026-11-20T10:16:40.000Z', 'Spinnaker execution succeeded'],
    [
      'succeeded',
      '2026-11-20T10:21:12.000Z',
      'Release 42 verified in production-eu',
    ],
  ] as const;
  const people = ['anna', 'chidi'];
  return promotionDetailSchema.parse({
    ...promotion({
      number: 322,
      environment: 'production-eu',
      releaseNumber: 42,
      phase: 'succeeded',
      createdAt: '2026-11-19T16:20:00.000Z',
      updatedAt: '2026-11-20T10:21:12.000Z',
      decision: decision([
        verdict({ gate: 'approvals', title: 'Approvals', reason: '2 of 2' }),
        ...PASSING,
      ]),
      slots: slots('chidi', 'lee'),
      execution: {
        engine: 'spinnaker',
        id: '01JD3W8Q6ZK4',
        url: 'https://spinnaker.example.com/executions/01JD3W8Q6ZK4',
      },
      ...open,
    }),
    release: release(42),
    replaces: 41,
    events: phases.map(([phase, at, summary], index) => ({
      sequence: index + 1,
      at,
      type: ['requested', 'approved'][index] ?? phase,
      by: people[index] && `user:default/${people[index]}`,
      summary,
      phase,
      hash: digest(`a1c09e4${index}`),
    })),
    ...change,
  });
}
