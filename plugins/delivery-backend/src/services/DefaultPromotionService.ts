// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  changedSubjectFields,
  isFinal,
  type AcknowledgementBody,
  type ApprovalBody,
  type CancellationBody,
  type EntityRef,
  type GateVerdict,
  type HoldBody,
  type MarkBody,
  type Promotion,
  type PromotionPreview,
  type ResolutionBody,
  type ReviewBody,
} from 'backstage-plugin-delivery-common';
import { ulid } from 'ulid';
import { insertApproval, withdrawApproval } from '../database/approvals';
import { changePromotion } from '../database/changePromotion';
import type { Db } from '../database/Db';
import { listDeployments } from '../database/deployments';
import { hurryPromotions } from '../database/duePromotions';
import { insertPromotion } from '../database/insertPromotion';
import { findLane, saveHold } from '../database/lanes';
import { LostRace } from '../database/LostRace';
import { insertNote } from '../database/notes';
import { acknowledgeOutsideChange } from '../database/outsideChanges';
import {
  closeReview,
  findOverride,
  insertOverride,
} from '../database/overrides';
import {
  findPromotion,
  findPromotionByIdempotencyKey,
} from '../database/promotions';
import { findRelease, markRelease } from '../database/releases';
import { findService } from '../database/services';
import { supersedeOlder } from '../database/supersedeOlder';
import { isUniqueViolation } from '../database/updatePromotion';
import { nameOf } from '../domain/nameOf';
import { newPromotion } from '../domain/newPromotion';
import type { PromotionInput } from '../domain/PromotionInput';
import { toPromotion, type PromotionRecord } from '../domain/PromotionRecord';
import { sayList } from '../domain/sayList';
import type { EngineRoom } from '../engine/EngineRoom';
import { loadQuestion } from '../engine/loadQuestion';
import { toEngineTarget } from '../engine/toEngineTarget';
import type { DecisionAnswer, DecisionQuestion } from './DecisionService';
import type {
  ActOptions,
  ParsedOverrideBody,
  ParsedPromotionRequest,
  PromotionService,
} from './PromotionService';
import { StaleSubjectError } from './StaleSubjectError';

/** How often a transaction is tried again that lost a race. */
const TRIES = 5;

/** Everything that changes where a Service is; knows nothing of permissions. */
export class DefaultPromotionService implements PromotionService {
  readonly #room: EngineRoom;
  readonly #userInfo: UserInfoService;
  readonly #wake: (promotionId: string) => void;

  constructor(options: {
    room: EngineRoom;
    userInfo: UserInfoService;
    /** Makes the reconciler look at a Promotion at once. */
    wake(promotionId: string): void;
  }) {
    this.#room = options.room;
    this.#userInfo = options.userInfo;
    this.#wake = options.wake;
  }

  async preview(
    request: ParsedPromotionRequest,
    { credentials }: ActOptions,
  ): Promise<PromotionPreview> {
    const question = await this.#question(request, await this.#me(credentials));
    const answer = await this.#room.decisions.decide(question, { fresh: true });
    return {
      decision: answer.decision,
      subject: answer.subject,
      acceptable: answer.decision.outcome !== 'stop',
    };
  }

  async request(
    request: ParsedPromotionRequest & { idempotencyKey: string },
    { credentials }: ActOptions,
  ): Promise<Promotion> {
    const me = await this.#me(credentials);
    const { idempotencyKey } = request;
    const before = await this.#sameRequest(request, me);
    if (before) {
      return toPromotion(before);
    }
    const question = await this.#question(request, me);
    const answer = await this.#room.decisions.decide(question, { fresh: true });
    this.#refuseWhatCannotBe(request, question, answer);
    try {
      const made = await this.#again(() =>
        this.#room.knex.transaction(tx =>
          this.#insert(tx, { request, question, answer, me }),
        ),
      );
      this.#room.hint(made.service);
      this.#wake(made.id);
      return toPromotion(made);
    } catch (error) {
      // The same key at the same moment: the other one has made it.
      const twin = await findPromotionByIdempotencyKey(this.#room.knex, {
        requestedBy: me,
        idempotencyKey,
      });
      if (twin) {
        return toPromotion(twin);
      }
      throw error;
    }
  }

  async decide(
    promotionId: string,
    body: ApprovalBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const promotion = await this.#open(promotionId);
    if (promotion.phase !== 'waiting') {
      throw new ConflictError(
        `Promotion ${promotion.number} is ${promotion.phase}: it does not wait for approvals any more`,
      );
    }
    if (body.verdict === 'withdraw') {
      await this.#withdraw(promotion, body.reason, me);
      return;
    }
    const answer = await this.#answer(promotion);
    refuseIneligible(promotion, answer, me, body.verdict);
    this.#refuseStale(body.subject, promotion, answer);
    const at = this.#room.clock.now().toISOString();
    await this.#change(promotionId, async (tx, current) => {
      await insertApproval(tx, {
        id: ulid(Date.parse(at)),
        promotionId,
        by: me,
        verdict: body.verdict,
        reason: body.reason,
        subject: answer.subject,
        at,
      });
      return [
        await this.#withSubject(tx, current, answer),
        body.verdict === 'approve'
          ? { type: 'approved', at, by: me, reason: body.reason }
          : { type: 'rejected', at, by: me, reason: body.reason },
      ];
    });
  }

  async override(
    promotionId: string,
    body: ParsedOverrideBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const promotion = await this.#open(promotionId);
    if (promotion.phase !== 'waiting') {
      throw new ConflictError(
        `Promotion ${promotion.number} is ${promotion.phase}: no gate stands in its way`,
      );
    }
    const answer = await this.#answer(promotion);
    refuseOverride(body.gates, answer.decision.verdicts);
    this.#refuseStale(body.subject, promotion, answer);
    const now = this.#room.clock.now();
    const at = now.toISOString();
    await this.#change(promotionId, async (tx, current) => {
      await insertOverride(
        tx,
        {
          id: ulid(now.getTime()),
          promotionId,
          gates: body.gates,
          by: me,
          at,
          reason: body.reason,
          ticket: body.ticket,
          subject: answer.subject,
          reviewDue: new Date(
            now.getTime() + body.reviewWithin * 3_600_000,
          ).toISOString(),
        },
        promotion.service,
      );
      return [
        await this.#withSubject(tx, current, answer),
        {
          type: 'overridden',
          at,
          by: me,
          gates: body.gates,
          reason: body.reason,
        },
      ];
    });
  }

  async review(
    overrideId: string,
    body: ReviewBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const now = this.#room.clock.now();
    const override = await findOverride(this.#room.knex, overrideId);
    if (!override) {
      throw new NotFoundError(`There is no override ${overrideId}`);
    }
    if (override.by === me) {
      throw new NotAllowedError(
        'You made this override; somebody else must review it',
      );
    }
    const { service, ...kept } = override;
    await this.#room.knex.transaction(async tx => {
      const closed = await closeReview(tx, {
        ...kept,
        review: { by: me, at: now.toISOString(), note: body.note },
      });
      if (!closed) {
        throw new ConflictError('This override was reviewed already');
      }
      await insertNote(tx, {
        id: ulid(now.getTime()),
        service,
        kind: 'reviewed',
        at: now.toISOString(),
        by: me,
        summary: `reviewed the override of ${override.gates.join(
          ', ',
        )} by ${nameOf(override.by)}`,
        reason: body.note,
      });
    });
    await hurryPromotions(this.#room.knex, { service }, now);
    this.#room.hint(service);
  }

  async hold(
    lane: { service: string; environment: string },
    body: HoldBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const now = this.#room.clock.now();
    const at = now.toISOString();
    await this.#room.knex.transaction(async tx => {
      await saveHold(tx, lane, {
        since: at,
        by: me,
        reason: body.reason,
        scope: body.scope,
      });
      await insertNote(tx, {
        id: ulid(now.getTime()),
        ...lane,
        kind: 'hold',
        at,
        by: me,
        summary:
          body.scope === 'all'
            ? `pinned ${lane.environment} to what runs there`
            : `put automatic promotion into ${lane.environment} on hold`,
        reason: body.reason,
      });
    });
    this.#room.hint(lane.service);
  }

  async mark(
    release: { service: string; number: number },
    body: MarkBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const now = this.#room.clock.now();
    const at = now.toISOString();
    const bad = body.mark === 'bad';
    await this.#room.knex.transaction(async tx => {
      const marked = await markRelease(
        tx,
        release,
        bad ? { by: me, at, reason: body.reason } : undefined,
      );
      if (!marked) {
        throw new NotFoundError(
          `${release.service} has no Release ${release.number}`,
        );
      }
      await insertNote(tx, {
        id: ulid(now.getTime()),
        service: release.service,
        kind: 'marked',
        at,
        by: me,
        summary: bad
          ? `marked Release ${release.number} as bad`
          : `took back that Release ${release.number} is bad`,
        reason: body.reason,
      });
    });
    await hurryPromotions(this.#room.knex, { service: release.service }, now);
    this.#room.hint(release.service);
  }

  async cancel(
    promotionId: string,
    body: CancellationBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const promotion = await this.#open(promotionId);
    if (promotion.phase === 'verifying') {
      throw new ConflictError(
        `Promotion ${promotion.number} is deployed already and only verified now. Roll back instead.`,
      );
    }
    if (promotion.phase === 'needs-attention') {
      await this.resolve(
        promotionId,
        { resolution: 'cancel', reason: body.reason },
        { credentials },
      );
      return;
    }
    await this.#input(promotionId, {
      type: 'cancel-requested',
      at: this.#room.clock.now().toISOString(),
      by: me,
      reason: body.reason,
    });
  }

  async resolve(
    promotionId: string,
    body: ResolutionBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const promotion = await this.#open(promotionId);
    if (promotion.phase !== 'needs-attention') {
      throw new ConflictError(
        `Promotion ${promotion.number} is ${promotion.phase}: nobody has to look at it`,
      );
    }
    const at = this.#room.clock.now().toISOString();
    switch (body.resolution) {
      case 'adopt': {
        const execution = await this.#adoptable(promotion, body.executionId);
        await this.#input(promotionId, {
          type: 'adopted',
          at,
          by: me,
          reason: body.reason,
          execution,
        });
        return;
      }
      case 'none-exists':
        await this.#input(promotionId, {
          type: 'none-exists',
          at,
          by: me,
          reason: body.reason,
        });
        return;
      default:
        if (promotion.execution) {
          await this.#room.engine?.cancel(promotion.execution, {
            reason: 'cancelled in the portal',
            signal: AbortSignal.timeout(30_000),
          });
        }
        await this.#input(promotionId, {
          type: 'given-up',
          at,
          by: me,
          reason: body.reason,
        });
    }
  }

  async acknowledge(
    lane: { service: string; environment: string },
    body: AcknowledgementBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const now = this.#room.clock.now();
    const at = now.toISOString();
    await this.#room.knex.transaction(async tx => {
      const changed = await acknowledgeOutsideChange(
        tx,
        { ...lane, id: body.id },
        { by: me, at, reason: body.reason },
      );
      if (!changed) {
        throw new NotFoundError(
          `There is no change ${body.id} in ${lane.environment} that somebody must look at`,
        );
      }
      await insertNote(tx, {
        id: ulid(now.getTime()),
        ...lane,
        kind: 'acknowledged',
        at,
        by: me,
        summary: `looked at the change from outside in ${lane.environment}`,
        reason: body.reason,
      });
    });
    this.#room.hint(lane.service);
  }

  async liftHold(
    lane: { service: string; environment: string },
    body: CancellationBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#me(credentials);
    const now = this.#room.clock.now();
    await this.#room.knex.transaction(async tx => {
      const { hold } = await findLane(tx, lane);
      if (!hold) {
        throw new NotFoundError(`${lane.environment} is not on hold`);
      }
      await saveHold(tx, lane, undefined);
      await insertNote(tx, {
        id: ulid(now.getTime()),
        ...lane,
        kind: 'hold-lifted',
        at: now.toISOString(),
        by: me,
        summary: `lifted the hold on ${lane.environment}`,
        reason: body.reason,
      });
    });
    this.#room.hint(lane.service);
  }

  async #withdraw(
    promotion: PromotionRecord,
    reason: string | undefined,
    me: EntityRef,
  ): Promise<void> {
    const at = this.#room.clock.now().toISOString();
    await this.#change(promotion.id, async (tx, current) => {
      const promotionId = promotion.id;
      if (!(await withdrawApproval(tx, { promotionId, by: me, at }))) {
        throw new ConflictError(
          `You have not approved Promotion ${promotion.number}; there is nothing to take back`,
        );
      }
      return [current, { type: 'withdrawn', at, by: me, reason }];
    });
  }

  /** The Decision on a stored Promotion, from facts of this very moment. */
  async #answer(promotion: PromotionRecord): Promise<DecisionAnswer> {
    const { config, decisions, knex } = this.#room;
    const asked = await loadQuestion(knex, config, promotion);
    if (asked.state === 'gone') {
      throw new ConflictError(asked.reason);
    }
    return decisions.decide(asked.question, { fresh: true });
  }

  #refuseStale(
    seen: string,
    promotion: PromotionRecord,
    answer: DecisionAnswer,
  ): void {
    if (seen !== answer.subject) {
      throw new StaleSubjectError({
        subject: answer.subject,
        changed: changedSubjectFields(
          promotion.subjectFields,
          answer.subjectFields,
        ),
      });
    }
  }

  /** The Promotion with the subject that a person has just seen. */
  async #withSubject(
    tx: Db,
    current: PromotionRecord,
    answer: DecisionAnswer,
  ): Promise<PromotionRecord> {
    return current.subject === answer.subject
      ? current
      : changePromotion(
          tx,
          current,
          {
            type: 'subject-changed',
            at: this.#room.clock.now().toISOString(),
            subject: answer.subject,
            fields: answer.subjectFields,
            changed: changedSubjectFields(
              current.subjectFields,
              answer.subjectFields,
            ),
          },
          this.#room.followUps,
        );
  }

  async #me(credentials: BackstageCredentials): Promise<EntityRef> {
    const { userEntityRef } = await this.#userInfo.getUserInfo(credentials);
    return userEntityRef;
  }

  async #sameRequest(
    request: ParsedPromotionRequest & { idempotencyKey: string },
    me: EntityRef,
  ): Promise<PromotionRecord | undefined> {
    const before = await findPromotionByIdempotencyKey(this.#room.knex, {
      requestedBy: me,
      idempotencyKey: request.idempotencyKey,
    });
    if (
      before &&
      (before.releaseId !== request.releaseId ||
        before.kind !== request.kind ||
        before.environment !== request.environment ||
        before.service !== request.service)
    ) {
      throw new ConflictError(
        `The Idempotency-Key was used for Promotion ${before.number} already, which asks for something else`,
      );
    }
    return before;
  }

  async #question(
    request: ParsedPromotionRequest,
    me: EntityRef,
  ): Promise<DecisionQuestion> {
    const { config, knex } = this.#room;
    const service = await findService(knex, request.service);
    if (!service) {
      throw new NotFoundError(
        `${request.service} is not a service on a promotion path`,
      );
    }
    const path = config.paths.get(service.path);
    const environment = path?.environments.find(
      one => one.name === request.environment,
    );
    if (!path || !environment) {
      throw new NotFoundError(
        `${request.service} has no environment "${
          request.environment
        }"; it has ${sayList(
          path?.environments.map(one => one.name) ?? [],
          'and',
        )}`,
      );
    }
    const release = await findRelease(knex, request.releaseId);
    if (!release || release.service !== service.entityRef) {
      throw new NotFoundError(
        `${request.service} has no release "${request.releaseId}"`,
      );
    }
    if (request.kind === 'rollback') {
      const verified = await listDeployments(knex, {
        service: service.entityRef,
        environment: environment.name,
        releaseId: release.id,
        outcome: 'verified',
        limit: 1,
      });
      if (verified.length === 0) {
        throw new InputError(
          `releaseId: Release ${release.number} was never verified in ${environment.name}, so nothing says that it is good there`,
        );
      }
    }
    return {
      service,
      path,
      environment,
      release,
      kind: request.kind,
      requestedBy: me,
    };
  }

  #refuseWhatCannotBe(
    request: ParsedPromotionRequest,
    { environment, release }: DecisionQuestion,
    { decision, subject }: DecisionAnswer,
  ): void {
    if (!request.subject) {
      throw new InputError(
        'subject: is required; it is the fingerprint of what you saw, as the service answers it',
      );
    }
    if (request.subject !== subject) {
      throw new StaleSubjectError({ subject, changed: [] });
    }
    if (decision.outcome === 'stop') {
      throw new ConflictError(
        `Release ${release.number} cannot enter ${environment.name}. ${decision.reason}`,
      );
    }
  }

  async #insert(
    tx: Db,
    given: {
      request: ParsedPromotionRequest & { idempotencyKey: string };
      question: DecisionQuestion;
      answer: DecisionAnswer;
      me: EntityRef;
    },
  ): Promise<PromotionRecord> {
    const { answer, me, question, request } = given;
    const { environment, release } = question;
    const lane = { service: release.service, environment: environment.name };
    const [last] = await listDeployments(tx, { ...lane, limit: 1 });
    const promotion = await insertPromotion(
      tx,
      newPromotion({
        now: this.#room.clock.now(),
        release,
        environment: environment.name,
        kind: request.kind,
        requestedBy: me,
        reason: request.reason,
        ticket: request.ticket,
        subjectFields: answer.subjectFields,
        replaces: last?.releaseNumber,
        scheduledFor: request.scheduledFor,
        expiry: this.#room.config.timing.expiry,
      }),
      {
        idempotencyKey: request.idempotencyKey,
        seal: this.#room.followUps.seal,
        summary:
          request.kind === 'rollback'
            ? `asked to roll ${environment.name} back to Release ${release.number}`
            : `asked to promote Release ${release.number} to ${environment.name}`,
      },
    );
    if (environment.onNewer === 'supersede') {
      await supersedeOlder(tx, promotion, this.#room.followUps);
    }
    return promotion;
  }

  async #open(promotionId: string): Promise<PromotionRecord> {
    const promotion = await findPromotion(this.#room.knex, promotionId);
    if (!promotion) {
      throw new NotFoundError(`There is no promotion ${promotionId}`);
    }
    if (isFinal(promotion.phase)) {
      throw new ConflictError(
        `Promotion ${promotion.number} has ended: it is ${promotion.phase}`,
      );
    }
    return promotion;
  }

  async #adoptable(
    promotion: PromotionRecord,
    executionId: string,
  ): Promise<NonNullable<PromotionRecord['execution']>> {
    const { config, engine, knex } = this.#room;
    const asked = await loadQuestion(knex, config, promotion);
    if (asked.state === 'gone' || !engine) {
      throw new ConflictError(
        asked.state === 'gone' ? asked.reason : 'No CD engine is installed',
      );
    }
    const target = toEngineTarget(
      asked.question.service,
      asked.question.environment,
    );
    const execution = await engine.get(
      { engine: engine.id, id: executionId },
      { target },
    );
    if (!execution || execution.pipelineId !== promotion.intent?.pipelineId) {
      throw new NotFoundError(
        `The pipeline into ${promotion.environment} has no execution ${executionId}`,
      );
    }
    if (execution.parameters.promotionId !== promotion.id) {
      throw new ConflictError(
        `Execution ${executionId} was not started for Promotion ${promotion.number}`,
      );
    }
    return execution.ref;
  }

  async #input(promotionId: string, input: PromotionInput): Promise<void> {
    await this.#change(promotionId, async (_, current) => [current, input]);
  }

  async #change(
    promotionId: string,
    prepare: (
      tx: Db,
      current: PromotionRecord,
    ) => Promise<[PromotionRecord, PromotionInput]>,
  ): Promise<void> {
    const changed = await this.#again(() =>
      this.#room.knex.transaction(async tx => {
        const current = await findPromotion(tx, promotionId);
        if (!current) {
          throw new NotFoundError(`There is no promotion ${promotionId}`);
        }
        const [promotion, input] = await prepare(tx, current);
        const next = await changePromotion(
          tx,
          promotion,
          input,
          this.#room.followUps,
        );
        if (next === promotion) {
          throw new ConflictError(
            `Promotion ${current.number} is ${current.phase} now; nothing was changed`,
          );
        }
        return next;
      }),
    );
    this.#room.hint(changed.service);
    this.#wake(changed.id);
  }

  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        const raced = error instanceof LostRace || isUniqueViolation(error);
        if (!raced || tries === TRIES) {
          throw error;
        }
      }
    }
  }
}

/** Only what stands in the way can be overridden, and only where it may be. */
function refuseOverride(
  gates: readonly string[],
  verdicts: readonly GateVerdict[],
): void {
  for (const gate of gates) {
    const verdict = verdicts.find(one => one.gate === gate);
    if (!verdict) {
      throw new InputError(
        `gates: there is no gate "${gate}" here; there are ${sayList(
          verdicts.map(one => one.gate),
          'and',
        )}`,
      );
    }
    if (!verdict.overridable) {
      throw new NotAllowedError(`"${verdict.title}" can never be overridden`);
    }
    if (verdict.status === 'pass' || verdict.overriddenBy) {
      throw new ConflictError(`"${verdict.title}" does not stand in the way`);
    }
  }
}

function refuseIneligible(
  promotion: PromotionRecord,
  answer: DecisionAnswer,
  me: EntityRef,
  verdict: 'approve' | 'reject',
): void {
  if (answer.slots.length === 0) {
    throw new ConflictError(
      `Promotion ${promotion.number} needs no approval into ${promotion.environment}`,
    );
  }
  const given = answer.approvals.some(
    approval => approval.by === me && !approval.void,
  );
  const excluded = answer.notCounted.find(({ person }) => person === me);
  const eligible = answer.slots.some(slot => slot.eligible.includes(me));
  if (verdict === 'approve' && given) {
    throw new ConflictError(
      `You approved Promotion ${promotion.number} already; one person counts once`,
    );
  }
  if (verdict === 'reject' && (eligible || given || excluded)) {
    return;
  }
  if (excluded) {
    throw new NotAllowedError(
      `Your approval does not count for Promotion ${promotion.number}: ${nameOf(
        me,
      )} ${excluded.reason}`,
    );
  }
  if (!eligible) {
    const others = [
      ...new Set(answer.slots.flatMap(slot => slot.eligible)),
    ].map(nameOf);
    throw new NotAllowedError(
      `Your approval does not count for Promotion ${promotion.number}${
        others.length > 0
          ? `; ${sayList(others.slice(0, 5), 'or')} can approve`
          : ''
      }`,
    );
  }
}
