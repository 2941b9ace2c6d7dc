// SPDX-License-Identifier: Apache-2.0
import {
  isFinal,
  summarizeRelease,
  type Door,
  type EntityRef,
  type Link,
  type OpenPromotion,
  type PromotionEvent,
  type ServiceDelivery,
  type SourceState,
} from 'backstage-plugin-delivery-common';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { DecisionAnswer } from '../services/DecisionService';
import type { Abilities } from './Abilities';
import { buildEnvironment } from './buildEnvironment';
import { buildFindings } from './buildFindings';
import { buildOpenPromotion, type PromotionAnswer } from './buildOpenPromotion';
import { isSetUp } from './isSetUp';
import { placeLinks } from './placeLinks';
import type { DoorPlan } from './planDoors';
import type { ServiceFacts } from './ServiceFacts';

/** What was asked of others than the stored facts. */
export type ServiceAnswers = {
  doors: readonly { plan: DoorPlan; answer?: DecisionAnswer }[];
  promotions: readonly {
    promotion: PromotionRecord;
    answer: Partial<PromotionAnswer>;
    events: readonly PromotionEvent[];
  }[];
  abilities: ReadonlyMap<string, Abilities>;
  person?: EntityRef;
  /** What is linked to for each Environment. */
  links?: readonly { title: string; url: string }[];
};

/** Where a Service is: facts and answers put together. */
export function buildServiceDelivery(
  facts: ServiceFacts,
  answers: ServiceAnswers,
): ServiceDelivery {
  const { findings, now, path, releases, service } = facts;
  const setUp = isSetUp({ service, releases });
  const abilitiesIn = (environment: string): Abilities => {
    const known = answers.abilities.get(environment);
    if (!known) {
      throw new TypeError(`Nobody asked what is allowed in ${environment}`);
    }
    return known;
  };
  const told = buildFindings({ ...facts, findings });
  return {
    service: service.entityRef,
    title: service.title,
    path: path.name,
    setup: setUp ? 'complete' : 'incomplete',
    environments: path.environments.map(({ name }) =>
      buildEnvironment(facts, name, {
        mayRollBack: abilitiesIn(name).promote,
      }),
    ),
    doors: answers.doors.map(({ answer, plan }) =>
      buildDoor(plan, answer, abilitiesIn(plan.to.name)),
    ),
    promotions: answers.promotions
      .filter(({ promotion }) => !isFinal(promotion.phase))
      .map(
        ({ answer, events, promotion }): OpenPromotion =>
          buildOpenPromotion({
            promotion,
            answer,
            events,
            abilities: abilitiesIn(promotion.environment),
            person: answers.person,
          }),
      ),
    ...(releases[0] ? { newest: summarizeRelease(releases[0]) } : {}),
    sources: sourcesOf(facts),
    findings: setUp ? told.filter(({ state }) => state !== 'found') : told,
    links: [...linksOf(answers), ...placeLinks(facts, answers.links ?? [])],
    asOf: now.toISOString(),
  };
}

function buildDoor(
  plan: DoorPlan,
  answer: DecisionAnswer | undefined,
  abilities: Abilities,
): Door {
  const { alreadyThere, candidate, from, ships, to } = plan;
  return {
    from,
    to: to.name,
    ...(candidate ? { candidate: summarizeRelease(candidate) } : {}),
    alreadyThere,
    ...(answer ? { subject: answer.subject, decision: answer.decision } : {}),
    slots: answer?.slots ?? [],
    notCounted: answer?.notCounted ?? [],
    ships,
    may: abilities.promote,
  };
}

/** The clusters of the path and every source that is no cluster. */
export function sourcesOf({
  path,
  sources,
}: Pick<ServiceFacts, 'path' | 'sources'>): SourceState[] {
  const clusters = new Set(path.environments.map(({ cluster }) => cluster));
  return sources.filter(
    ({ id, source }) =>
      !['kubernetes', 'helm'].includes(source) || clusters.has(id),
  );
}

/** The pipelines by which releases enter, each once. */
function linksOf({ doors, promotions }: ServiceAnswers): Link[] {
  const asked = [
    ...doors.map(({ answer, plan }) => ({
      environment: plan.to.name,
      binding: answer?.binding,
    })),
    ...promotions.map(({ answer, promotion }) => ({
      environment: promotion.environment,
      binding: answer.binding,
    })),
  ];
  const links = new Map<string, Link>();
  for (const { binding, environment } of asked) {
    if (binding?.state === 'bound' && binding.url) {
      links.set(environment, {
        title: 'Spinnaker pipeline',
        url: binding.url,
        environment,
      });
    }
  }
  return [...links.values()];
}
