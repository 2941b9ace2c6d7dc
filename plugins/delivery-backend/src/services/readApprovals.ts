// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ApprovalRequest,
  EntityRef,
  Page,
} from 'backstage-plugin-delivery-common';
import { listApprovals } from '../database/approvals';
import { findPromotions } from '../database/findPromotions';
import { listPromotions } from '../database/promotions';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Only } from './DeliveryView';
import { loadPromotion } from './readPromotion';
import { personOf, type ReadRoom } from './ReadRoom';

/** More open ones than this are an outage of the people, not a list to read. */
const MOST_WAITING = 200;
const MOST_DECIDED = 50;

/**
 * The Promotions that wait for the person, that the person asked for, or that
 * the person decided; what ends soonest first.
 */
export async function readApprovals(
  room: ReadRoom,
  query: Only & { view: 'waiting' | 'asked' | 'decided' },
  credentials: BackstageCredentials,
): Promise<Page<ApprovalRequest>> {
  const person = personOf(room, credentials);
  if (!person) {
    return { items: [] };
  }
  const records = (await find(room, query.view, person)).filter(
    ({ service }) => !query.only || query.only.has(service),
  );
  const requests = await Promise.all(
    records.map(record => toRequest(room, record, credentials)),
  );
  const items =
    query.view === 'waiting'
      ? requests.filter(({ waitsForMe }) => waitsForMe)
      : requests.filter(
          ({ slots }) => query.view === 'decided' || slots.length > 0,
        );
  return query.view === 'decided'
    ? { items }
    : { items: items.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1)) };
}

async function find(
  { knex }: ReadRoom,
  view: 'waiting' | 'asked' | 'decided',
  person: EntityRef,
): Promise<PromotionRecord[]> {
  if (view === 'decided') {
    const given = await listApprovals(knex, { by: person });
    const ids = given
      .map(({ promotionId }) => promotionId)
      .reverse()
      .slice(0, MOST_DECIDED);
    const promotions = await findPromotions(knex, ids);
    return promotions.sort((a, b) => b.number - a.number);
  }
  return listPromotions(knex, {
    phases: ['waiting'],
    requestedBy: view === 'asked' ? person : undefined,
    limit: MOST_WAITING,
  });
}

async function toRequest(
  room: ReadRoom,
  record: PromotionRecord,
  credentials: BackstageCredentials,
): Promise<ApprovalRequest> {
  const { detail, loaded } = await loadPromotion(room, record, credentials);
  const { deployment: _, events: __, ...request } = detail;
  const environment = loaded.path.environments.find(
    ({ name }) => name === record.environment,
  );
  const [from] = environment?.after ?? [];
  return {
    ...request,
    title: loaded.service.title,
    ...(from === undefined ? {} : { from }),
    currentSubject: detail.currentSubject ?? record.subject,
    waitsForMe: detail.mayApprove.allowed,
  };
}
