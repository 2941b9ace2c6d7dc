// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Deployment,
  PromotionDetail,
  Release,
} from 'backstage-plugin-delivery-common';
import { listDeployments } from '../database/deployments';
import { listPromotionEvents } from '../database/promotionEvents';
import { findPromotion } from '../database/promotions';
import { findRelease } from '../database/releases';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { buildOpenPromotion } from '../view/buildOpenPromotion';
import { loadService, type LoadedService } from './loadService';
import { askPromotion } from './readServiceDelivery';
import { personOf, type ReadRoom } from './ReadRoom';

/** A Promotion with everything that is shown beside it. */
export type LoadedPromotion = {
  detail: PromotionDetail;
  record: PromotionRecord;
  loaded: LoadedService;
};

/**
 * One Promotion with its Decision, approvals and record.
 *
 * @throws NotFoundError when there is none of this id.
 */
export async function readPromotion(
  room: ReadRoom,
  id: string,
  credentials: BackstageCredentials,
): Promise<PromotionDetail> {
  const record = await findPromotion(room.knex, id);
  if (!record) {
    throw new NotFoundError(`There is no promotion ${id}`);
  }
  return (await loadPromotion(room, record, credentials)).detail;
}

/** Everything around one stored Promotion, as the person who asks sees it. */
export async function loadPromotion(
  room: ReadRoom,
  record: PromotionRecord,
  credentials: BackstageCredentials,
): Promise<LoadedPromotion> {
  const [loaded, release, events, deployment] = await Promise.all([
    loadService(room, record.service, credentials),
    requireRelease(room, record),
    listPromotionEvents(room.knex, record.id),
    findDeployment(room, record),
  ]);
  const [answer, { abilities }] = await Promise.all([
    askPromotion(room, { ...loaded, releases: [release] }, record),
    room.abilities.of(loaded.service, [record.environment], credentials),
  ]);
  const permitted = abilities.get(record.environment);
  if (!permitted) {
    throw new TypeError(
      `Nobody asked what is allowed in ${record.environment}`,
    );
  }
  return {
    record,
    loaded,
    detail: {
      ...buildOpenPromotion({
        promotion: record,
        answer,
        events,
        abilities: permitted,
        person: personOf(room, credentials),
      }),
      release,
      ...(record.replaces === undefined ? {} : { replaces: record.replaces }),
      events,
      ...(deployment ? { deployment } : {}),
      ...(answer.subject ? { currentSubject: answer.subject } : {}),
    },
  };
}

async function requireRelease(
  { knex }: ReadRoom,
  record: PromotionRecord,
): Promise<Release> {
  const release = await findRelease(knex, record.releaseId);
  if (!release) {
    throw new NotFoundError(
      `Release ${record.releaseNumber} of Promotion ${record.number} is not known any more`,
    );
  }
  return release;
}

async function findDeployment(
  { knex }: ReadRoom,
  record: PromotionRecord,
): Promise<Deployment | undefined> {
  const deployments = await listDeployments(knex, {
    service: record.service,
    environment: record.environment,
    releaseId: record.releaseId,
  });
  return deployments.find(({ promotionId }) => promotionId === record.id);
}
