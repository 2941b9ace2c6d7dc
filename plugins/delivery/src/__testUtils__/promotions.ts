// SPDX-License-Identifier: Apache-2.0
import {
  openPromotionSchema,
  type OpenPromotion,
} from 'backstage-plugin-delivery-common';
import { digest, ulid } from './ids';
import { ago } from './instants';

/** A Promotion that anna asked for, with what differs. */
export function promotion(
  input: Partial<OpenPromotion> & {
    number: number;
    environment: string;
    releaseNumber: number;
  },
): OpenPromotion {
  return openPromotionSchema.parse({
    id: ulid(input.number),
    service: 'component:default/orders',
    releaseId: `release-${input.releaseNumber}`,
    kind: 'forward',
    requestedBy: 'user:default/anna',
    reason: 'Tax split for invoices.',
    phase: 'waiting',
    subject: digest(`5${input.releaseNumber}`),
    attempt: 1,
    version: 1,
    createdAt: ago({ minutes: 2 }),
    updatedAt: ago({ minutes: 1 }),
    expiresAt: '2026-11-24T17:05:00.000Z',
    approvals: [],
    slots: [],
    notCounted: [],
    mayApprove: {
      allowed: false,
      reason: 'You asked for it yourself.',
    },
    mayCancel: { allowed: true },
    ...input,
  });
}
