// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  EntityRef,
  NotCounted,
  SlotState,
  Subject,
} from 'backstage-plugin-delivery-common';
import { changedSubjectFields } from 'backstage-plugin-delivery-common';
import {
  digestOf,
  type Clock,
  type EnvironmentFacts,
  type Fact,
  type GateContext,
} from 'backstage-plugin-delivery-node';
import type { People } from '../catalog/People';
import type { ConfiguredGate, PolicyConfig } from '../config/DeliveryConfig';
import type { Db } from '../database/Db';
import { decide, evaluateGates } from '../domain/decide';
import { gatesFor } from '../domain/gatesFor';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { policyHash } from '../domain/policyHash';
import { runningDigests } from '../domain/runningDigests';
import { standingVerdicts } from '../domain/standingVerdicts';
import { toEnvironment } from '../domain/toEnvironment';
import { withOverrides } from '../domain/withOverrides';
import type { Bindings, KnownBinding } from '../engine/Bindings';
import type { Outbound } from '../engine/Outbound';
import { loadDecisionFacts, type DecisionFacts } from './DecisionFacts';
import type {
  DecisionAnswer,
  DecisionQuestion,
  DecisionService,
} from './DecisionService';

/** Facts from outside the database, gathered before a transaction begins. */
export type OutsideFacts = {
  binding: KnownBinding;
  people: ReadonlyMap<string, readonly EntityRef[]>;
  authors: readonly EntityRef[];
  /** The answers to the Gates' questions, by the Gate's id. */
  facts: ReadonlyMap<string, ReadonlyMap<string, Fact>>;
};

/** Puts the facts together and asks all Gates. */
export class DefaultDecisionService implements DecisionService {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #people: People;
  readonly #bindings: Bindings;
  readonly #outbound: Outbound;
  readonly #policies: readonly PolicyConfig[];

  constructor(options: {
    db: Db;
    clock: Clock;
    people: People;
    bindings: Bindings;
    outbound: Outbound;
    policies: readonly PolicyConfig[];
  }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#people = options.people;
    this.#bindings = options.bindings;
    this.#outbound = options.outbound;
    this.#policies = options.policies;
  }

  async decide(
    question: DecisionQuestion,
    options: { fresh: boolean; at?: Date },
  ): Promise<DecisionAnswer> {
    const outside = await this.gather(question, options);
    return this.decideWithin(this.#db, question, outside, options.at);
  }

  /** The Gates before an Environment for a Service, those of policies included. */
  gatesOf({
    environment,
    service,
  }: Pick<
    DecisionQuestion,
    'environment' | 'service'
  >): readonly ConfiguredGate[] {
    return gatesFor(environment, service, this.#policies);
  }

  /** The facts that only others know: people, commits' authors, the engine. */
  async gather(
    question: DecisionQuestion,
    options: { fresh: boolean },
  ): Promise<OutsideFacts> {
    const { environment, release, service } = question;
    const wanted = new Set(
      this.gatesOf(question).flatMap(({ gate, config }) =>
        gate.people ? gate.people(config) : [],
      ),
    );
    const [binding, facts, authors, members] = await Promise.all([
      this.#bindings.of(service, environment, options),
      this.#askForGates(question, options),
      this.#people.authorsOf(release.change.commits, options),
      Promise.all(
        [...wanted].map(
          async from =>
            [
              from,
              await this.#people.membersOf(from, { service, ...options }),
            ] as const,
        ),
      ),
    ]);
    return {
      binding,
      facts,
      authors,
      people: new Map(
        members.flatMap(([from, people]) => (people ? [[from, people]] : [])),
      ),
    };
  }

  /** The Decision from what the database says in this very transaction. */
  async decideWithin(
    db: Db,
    question: DecisionQuestion,
    outside: OutsideFacts,
    at?: Date,
  ): Promise<DecisionAnswer> {
    return this.decideFrom(
      question,
      { ...outside, stored: await loadDecisionFacts(db, question) },
      at,
    );
  }

  /** The Decision from facts that were gathered before. */
  decideFrom(
    question: DecisionQuestion,
    outside: OutsideFacts & { stored: DecisionFacts },
    at?: Date,
  ): DecisionAnswer {
    const { environment, kind, promotion, release, service } = question;
    const { stored } = outside;
    const now = at ?? this.#clock.now();
    const gates = this.gatesOf(question);
    const facts = environmentFacts(question, stored);
    const here = facts.get(environment.name);
    const hold = stored.lanes.find(
      one => one.environment === environment.name,
    )?.hold;
    const subjectFields: Subject = {
      entityUid: service.uid,
      environment: environment.name,
      releaseFingerprint: release.fingerprint,
      runsNow: runningDigests(here?.observation),
      ...boundPipeline(outside.binding, promotion?.subjectFields),
      policyHash: policyHash(environment, gates),
      kind,
    };
    const subject = digestOf(subjectFields);
    const approvals = stored.approvals.map(approval =>
      withVoid(approval, { subject, fields: subjectFields, promotion }),
    );
    const context: Omit<GateContext, 'facts'> = {
      now,
      kind,
      service: { entityRef: service.entityRef, owner: service.owner },
      environment: here?.environment ?? toEnvironment(environment, service),
      release,
      promotion,
      requestedBy: promotion ? promotion.requestedBy : question.requestedBy,
      environments: facts,
      approvals: approvals.filter(approval => !approval.void),
      people: outside.people,
      authors: outside.authors,
      hold,
      overdueReviews: stored.reviews.filter(
        one => Date.parse(one.reviewDue) <= now.getTime(),
      ),
    };
    const judge = (time: Date) => [
      ...standingVerdicts({
        now: time,
        environment: environment.name,
        kind,
        binding: outside.binding,
        observation: here?.observation,
        source: here?.source,
        outside: stored.outsideChange,
        hold,
        scheduledFor: promotion?.scheduledFor,
      }),
      ...withOverrides(
        evaluateGates(gates, { ...context, now: time }, outside.facts),
        stored.overrides,
        subject,
      ),
    ];
    return {
      decision: decide(judge, now),
      subject,
      subjectFields,
      ...approvalFacts(gates, context),
      approvals,
      overrides: [...stored.overrides],
      binding: outside.binding,
    };
  }

  async #askForGates(
    question: DecisionQuestion,
    options: { fresh: boolean },
  ): Promise<OutsideFacts['facts']> {
    const { environment, kind, release, service } = question;
    const subject = {
      service: service.entityRef,
      environment: environment.name,
      release,
    };
    const asking = this.gatesOf(question)
      .filter(({ appliesTo }) => appliesTo.includes(kind))
      .map(async ({ id, gate, config }) => {
        const requests = gate.facts?.(config, subject) ?? [];
        const answers = requests.map(
          async request =>
            [request.id, await this.#outbound.ask(request, options)] as const,
        );
        return [id, new Map(await Promise.all(answers))] as const;
      });
    return new Map(await Promise.all(asking));
  }
}

function environmentFacts(
  { path, release, service }: DecisionQuestion,
  { lanes, observations, sources, verified }: DecisionFacts,
): Map<string, EnvironmentFacts> {
  return new Map(
    path.environments.map(environment => {
      const lane = lanes.find(one => one.environment === environment.name);
      const occupancy =
        lane?.occupancy?.releaseId === release.id ? lane.occupancy : undefined;
      return [
        environment.name,
        {
          environment: toEnvironment(environment, service),
          verifiedSince: occupancy?.since,
          everVerified: verified.some(
            one => one.environment === environment.name,
          ),
          observation: observations.find(
            one => one.environment === environment.name,
          ),
          source: sources.find(
            one =>
              one.source === 'kubernetes' && one.id === environment.cluster,
          ),
        },
      ];
    }),
  );
}

/**
 * The pipeline as far as it is known: an engine that cannot be asked does not
 * void what people approved (nothing passes meanwhile anyway).
 */
function boundPipeline(
  binding: KnownBinding,
  before: Subject | undefined,
): Pick<Subject, 'pipelineId' | 'pipelineHash'> {
  const known = binding.state === 'unknown' ? before ?? binding.last : binding;
  return known && 'pipelineId' in known
    ? { pipelineId: known.pipelineId, pipelineHash: known.pipelineHash }
    : { pipelineId: '', pipelineHash: '' };
}

/** An approval that was given for another subject says which part changed. */
function withVoid(
  approval: Approval,
  now: { subject: string; fields: Subject; promotion?: PromotionRecord },
): Approval {
  const { fields, promotion, subject } = now;
  if (approval.void || approval.subject === subject) {
    return approval;
  }
  const given =
    promotion?.subject === approval.subject
      ? promotion.subjectFields
      : promotion?.pastSubjects?.find(past => past.subject === approval.subject)
          ?.fields;
  const changed = given ? changedSubjectFields(given, fields) : [];
  return {
    ...approval,
    void:
      changed.length > 0
        ? `Changed since: ${changed.join(', ')}`.slice(0, 300)
        : 'What was approved has changed since',
  };
}

function approvalFacts(
  gates: readonly ConfiguredGate[],
  context: Omit<GateContext, 'facts'>,
): { slots: SlotState[]; notCounted: NotCounted[] } {
  const slots: SlotState[] = [];
  const notCounted: NotCounted[] = [];
  for (const { appliesTo, config, gate } of gates) {
    if (gate.approvals && appliesTo.includes(context.kind)) {
      const found = gate.approvals(config, { ...context, facts: new Map() });
      slots.push(...found.slots);
      notCounted.push(...found.notCounted);
    }
  }
  return { slots, notCounted };
}
