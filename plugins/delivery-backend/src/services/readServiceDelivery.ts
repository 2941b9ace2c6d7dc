// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  isFinal,
  type EntityRef,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { listApprovals } from '../database/approvals';
import { listOverrides } from '../database/overrides';
import { listPromotionEvents } from '../database/promotionEvents';
import type { PromotionRecord } from '../domain/PromotionRecord';
import {
  buildServiceDelivery,
  type ServiceAnswers,
} from '../view/buildServiceDelivery';
import type { PromotionAnswer } from '../view/buildOpenPromotion';
import { planDoors, type DoorPlan } from '../view/planDoors';
import type { ServiceFacts } from '../view/ServiceFacts';
import { loadService } from './loadService';
import { loadServiceFacts } from './loadServiceFacts';
import { personOf, type ReadRoom } from './ReadRoom';

/** Where a Service is, as the person who asks sees it. */
export async function readServiceDelivery(
  room: ReadRoom,
  entityRef: EntityRef,
  credentials: BackstageCredentials,
): Promise<ServiceDelivery> {
  const loaded = await loadService(room, entityRef, credentials);
  const facts = await loadServiceFacts(room, loaded);
  const person = personOf(room, credentials);
  const [abilities, doors, promotions] = await Promise.all([
    room.abilities.of(
      facts.service,
      facts.path.environments.map(({ name }) => name),
      credentials,
    ),
    Promise.all(
      planDoors(facts).map(plan => askDoor(room, facts, plan, person)),
    ),
    Promise.all(
      facts.promotions
        .filter(({ phase }) => !isFinal(phase))
        .map(async promotion => ({
          promotion,
          answer: await askPromotion(room, facts, promotion),
          events: await listPromotionEvents(room.knex, promotion.id),
        })),
    ),
  ]);
  return buildServiceDelivery(facts, { abilities, doors, promotions, person });
}

async function askDoor(
  room: ReadRoom,
  facts: ServiceFacts,
  plan: DoorPlan,
  person: EntityRef | undefined,
): Promise<ServiceAnswers['doors'][number]> {
  // Where a Promotion waits for it already, that one tells what stands before it.
  if (!plan.candidate || plan.alreadyThere || plan.promotion) {
    return { plan };
  }
  const answer = await room.decisions.decide(
    {
      service: facts.service,
      path: facts.path,
      environment: plan.to,
      release: plan.candidate,
      kind: 'forward',
      requestedBy: person,
    },
    { fresh: false },
  );
  return { plan, answer };
}

/** The Decision on a waiting Promotion; for the others what was decided is stored. */
export async function askPromotion(
  room: Pick<ReadRoom, 'knex' | 'decisions'>,
  facts: Pick<ServiceFacts, 'service' | 'path' | 'releases'>,
  promotion: PromotionRecord,
): Promise<Partial<PromotionAnswer> & { subject?: string }> {
  const environment = facts.path.environments.find(
    ({ name }) => name === promotion.environment,
  );
  const release = facts.releases.find(({ id }) => id === promotion.releaseId);
  if (promotion.phase !== 'waiting' || !environment || !release) {
    const filter = { promotionIds: [promotion.id] };
    return {
      approvals: await listApprovals(room.knex, filter),
      overrides: await listOverrides(room.knex, filter),
    };
  }
  return room.decisions.decide(
    {
      service: facts.service,
      path: facts.path,
      environment,
      release,
      kind: promotion.kind,
      requestedBy: promotion.requestedBy,
      promotion,
    },
    { fresh: false },
  );
}
