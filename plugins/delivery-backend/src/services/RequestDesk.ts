// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  EntityRef,
  Promotion,
  PromotionPreview,
} from 'backstage-plugin-delivery-common';
import type { Db } from '../database/Db';
import { listDeployments } from '../database/deployments';
import { findGround } from '../database/findGround';
import { insertPromotion } from '../database/insertPromotion';
import { findPromotionByIdempotencyKey } from '../database/promotions';
import { supersedeOlder } from '../database/supersedeOlder';
import { newPromotion } from '../domain/newPromotion';
import { toPromotion, type PromotionRecord } from '../domain/PromotionRecord';
import { sayList } from '../domain/sayList';
import type { DecisionAnswer, DecisionQuestion } from './DecisionService';
import type { ActOptions, ParsedPromotionRequest } from './PromotionService';
import { StaleSubjectError } from './StaleSubjectError';
import type { PromotionDesk } from './PromotionDesk';

/** Takes requests for Promotions. */
export class RequestDesk {
  readonly #desk: PromotionDesk;

  constructor(desk: PromotionDesk) {
    this.#desk = desk;
  }

  async preview(
    request: ParsedPromotionRequest,
    { at, credentials }: ActOptions & { at?: Date },
  ): Promise<PromotionPreview> {
    if (at && at.getTime() < this.#desk.room.clock.now().getTime()) {
      throw new InputError('at: must not lie in the past');
    }
    const question = await this.#question(
      request,
      await this.#desk.me(credentials),
    );
    const answer = await this.#desk.room.decisions.decide(question, {
      fresh: true,
      at,
    });
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
    const me = await this.#desk.me(credentials);
    const { idempotencyKey } = request;
    const before = await this.#sameRequest(request, me);
    if (before) {
      return toPromotion(before);
    }
    const question = await this.#question(request, me);
    const answer = await this.#desk.room.decisions.decide(question, {
      fresh: true,
    });
    this.#refuseWhatCannotBe(request, question, answer);
    try {
      const made = await this.#desk.again(() =>
        this.#desk.room.knex.transaction(tx =>
          this.#insert(tx, { request, question, answer, me }),
        ),
      );
      this.#desk.announce(made);
      return toPromotion(made);
    } catch (error) {
      // The same key at the same moment: the other one has made it.
      const twin = await findPromotionByIdempotencyKey(this.#desk.room.knex, {
        requestedBy: me,
        idempotencyKey,
      });
      if (twin) {
        return toPromotion(twin);
      }
      throw error;
    }
  }

  async #sameRequest(
    request: ParsedPromotionRequest & { idempotencyKey: string },
    me: EntityRef,
  ): Promise<PromotionRecord | undefined> {
    const before = await findPromotionByIdempotencyKey(this.#desk.room.knex, {
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
    const { config, knex } = this.#desk.room;
    const { release, service } = await findGround(knex, request);
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
        now: this.#desk.room.clock.now(),
        release,
        environment: environment.name,
        kind: request.kind,
        requestedBy: me,
        reason: request.reason,
        ticket: request.ticket,
        subjectFields: answer.subjectFields,
        replaces: last?.releaseNumber,
        scheduledFor: request.scheduledFor,
        expiry: this.#desk.room.config.timing.expiry,
      }),
      {
        idempotencyKey: request.idempotencyKey,
        seal: this.#desk.room.followUps.seal,
        summary:
          request.kind === 'rollback'
            ? `asked to roll ${environment.name} back to Release ${release.number}`
            : `asked to promote Release ${release.number} to ${environment.name}`,
      },
    );
    if (environment.onNewer === 'supersede') {
      await supersedeOlder(tx, promotion, this.#desk.room.followUps);
    }
    return promotion;
  }
}
