// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  PromotionKind,
  Release,
  Subject,
} from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import { ulid } from 'ulid';
import type { PromotionRecord } from './PromotionRecord';

/** A Promotion as it begins: waiting, without a number yet. */
export function newPromotion(given: {
  now: Date;
  release: Pick<Release, 'id' | 'number' | 'service'>;
  environment: string;
  kind: PromotionKind;
  requestedBy?: EntityRef;
  reason: string;
  ticket?: string;
  subjectFields: Subject;
  replaces?: number;
  scheduledFor?: string;
  expiry: number;
  after?: string;
}): Omit<PromotionRecord, 'number'> {
  const at = given.now.toISOString();
  const from = given.scheduledFor
    ? Math.max(Date.parse(given.scheduledFor), given.now.getTime())
    : given.now.getTime();
  return {
    id: ulid(given.now.getTime()),
    service: given.release.service,
    environment: given.environment,
    releaseId: given.release.id,
    releaseNumber: given.release.number,
    kind: given.kind,
    requestedBy: given.requestedBy,
    reason: given.reason,
    ticket: given.ticket,
    phase: 'waiting',
    subject: digestOf(given.subjectFields),
    subjectFields: given.subjectFields,
    attempt: 0,
    version: 0,
    createdAt: at,
    updatedAt: at,
    scheduledFor: given.scheduledFor,
    expiresAt: new Date(from + given.expiry).toISOString(),
    replaces: given.replaces,
    after: given.after,
  };
}
