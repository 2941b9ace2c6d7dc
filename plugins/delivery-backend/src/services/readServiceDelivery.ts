// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  isFinal,
  type EntityRef,
  type ServiceDelivery,
  type SourceState,
} from 'backstage-plugin-delivery-common';
import { listApprovals } from '../database/approvals';
import { listDeployments } from '../database/deployments';
import { listOverrides } from '../database/overrides';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { PathConfig } from '../config/DeliveryConfig';
import {
  buildServiceDelivery,
  sourcesOf,
  type ServiceAnswers,
} from '../view/buildServiceDelivery';
import type { PromotionAnswer } from '../view/buildOpenPromotion';
import { planDoors, type DoorPlan } from '../view/planDoors';
import type { ServiceFacts } from '../view/ServiceFacts';
import type { Abilities } from '../view/Abilities';
import { Involvement } from './Involvement';
import { loadService } from './loadService';
import type { DecisionAnswer, DecisionQuestion } from './DecisionService';
import { loadServiceFacts, NEWEST_DEPLOYMENTS } from './loadServiceFacts';
import { personOf, type ReadRoom } from './ReadRoom';
import type { ServiceRecord } from './ServiceMemory';

/**
 * Where a Service is, as the person who asks sees it.
 *
 * @remarks
 * Made anew when something of it changed, and after 5 seconds at the latest;
 * `asOf` says when it was made. People who may do the same, and whom no Decision
 * knows by name, see the same. The same object means the same answer.
 */
export async function readServiceDelivery(
  room: ReadRoom,
  entityRef: EntityRef,
  credentials: BackstageCredentials,
): Promise<ServiceDelivery> {
  const person = personOf(room, credentials);
  const known = await room.memory.of(entityRef);
  if (!known) {
    const loaded = await loadService(room, entityRef, credentials);
    const facts = await loadServiceFacts(room, loaded);
    return build(
      room,
      { facts, open: new Map(), reviews: [], involved: new Involvement() },
      credentials,
    );
  }
  const { record, sources } = known;
  const { abilities, text } = await abilitiesIn(room, record, credentials);
  const ground = [record, text, textOf(record.path, sources)] as const;
  const everybody = `${entityRef} ${text}`;
  const common = room.answers.find(everybody, ground);
  if (common && !common.involved.includes(person)) {
    return common.delivery;
  }
  const own = `${everybody} ${person}`;
  const before = room.answers.find(own, ground);
  if (before) {
    return before.delivery;
  }
  const facts = { ...record.facts, sources, now: room.clock.now() };
  const involved = new Involvement();
  const delivery = await build(
    room,
    { ...record, facts, involved },
    credentials,
    abilities,
  );
  const key = involved.includes(person) ? own : everybody;
  room.answers.keep(key, ground, { delivery, involved });
  return delivery;
}

/** What a page is built from. */
type Ground = Pick<ServiceRecord, 'facts' | 'open' | 'reviews'> & {
  /** Gathers who would see something else. */
  involved: Involvement;
};

/** What is told of the sources that a path shows. */
function textOf(path: PathConfig, sources: readonly SourceState[]): string {
  return JSON.stringify(sourcesOf({ path, sources }));
}

function abilitiesIn(
  room: ReadRoom,
  { path, service }: Pick<ServiceFacts, 'path' | 'service'>,
  credentials: BackstageCredentials,
) {
  return room.abilities.of(
    service,
    path.environments.map(({ name }) => name),
    credentials,
  );
}

async function build(
  room: ReadRoom,
  record: Ground,
  credentials: BackstageCredentials,
  known?: ReadonlyMap<string, Abilities>,
): Promise<ServiceDelivery> {
  const { facts } = record;
  const person = personOf(room, credentials);
  const [abilities, doors, promotions] = await Promise.all([
    known ?? (await abilitiesIn(room, facts, credentials)).abilities,
    Promise.all(
      planDoors(facts).map(plan => askDoor(room, record, plan, person)),
    ),
    Promise.all(
      facts.promotions
        .filter(({ phase }) => !isFinal(phase))
        .map(async promotion => ({
          promotion,
          answer: await askOpenPromotion(room, record, promotion),
          events: record.open.get(promotion.id)?.events ?? [],
        })),
    ),
  ]);
  return buildServiceDelivery(facts, {
    abilities,
    doors,
    promotions,
    person,
    links: room.config.links,
  });
}

async function askDoor(
  room: ReadRoom,
  record: Ground,
  plan: DoorPlan,
  person: EntityRef | undefined,
): Promise<ServiceAnswers['doors'][number]> {
  // Where a Promotion waits for it already, that one tells what stands before it.
  if (!plan.candidate || plan.alreadyThere || plan.promotion) {
    return { plan };
  }
  const { facts } = record;
  const answer = await decideFromMemory(room, record, {
    service: facts.service,
    path: facts.path,
    environment: plan.to,
    release: plan.candidate,
    kind: 'forward',
    requestedBy: person,
  });
  return { plan, answer };
}

/** The Decision on a waiting Promotion; for the others what was decided is stored. */
async function askOpenPromotion(
  room: ReadRoom,
  record: Ground,
  promotion: PromotionRecord,
): Promise<Partial<PromotionAnswer>> {
  const { facts, involved, open } = record;
  const { approvals = [], overrides = [] } = open.get(promotion.id) ?? {};
  involved.addPromotion(promotion, { approvals, overrides });
  const environment = facts.path.environments.find(
    ({ name }) => name === promotion.environment,
  );
  const release = facts.releases.find(({ id }) => id === promotion.releaseId);
  if (promotion.phase !== 'waiting' || !environment || !release) {
    return { approvals: [...approvals], overrides: [...overrides] };
  }
  return decideFromMemory(room, record, {
    service: facts.service,
    path: facts.path,
    environment,
    release,
    kind: promotion.kind,
    requestedBy: promotion.requestedBy,
    promotion,
  });
}

async function decideFromMemory(
  room: ReadRoom,
  record: Ground,
  question: DecisionQuestion,
): Promise<DecisionAnswer> {
  const { facts, involved, open, reviews } = record;
  const outside = await room.decisions.gather(question, { fresh: false });
  involved.addDecision(room.decisions.gatesOf(question), outside);
  const { environment, promotion, release, service } = question;
  const verified =
    facts.deployments.length < NEWEST_DEPLOYMENTS
      ? facts.deployments.filter(
          one => one.releaseId === release.id && one.outcome === 'verified',
        )
      : await listDeployments(room.knex, {
          service: service.entityRef,
          releaseId: release.id,
          outcome: 'verified',
        });
  const asking = promotion && open.get(promotion.id);
  return room.decisions.decideFrom(question, {
    ...outside,
    stored: {
      observations: facts.observations,
      sources: facts.sources,
      lanes: facts.lanes,
      verified,
      outsideChange: facts.outsideChanges.find(
        one => one.environment === environment.name,
      ),
      approvals: asking?.approvals ?? [],
      overrides: asking?.overrides ?? [],
      reviews,
    },
  });
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
