// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  changedSubjectFields,
  isFinal,
  type EntityRef,
} from 'backstage-plugin-delivery-common';
import { changePromotion } from '../database/changePromotion';
import type { Db } from '../database/Db';
import { LostRace } from '../database/LostRace';
import { findPromotion } from '../database/promotions';
import { isDeadlock, isUniqueViolation } from '../database/updatePromotion';
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { EngineRoom } from '../engine/EngineRoom';
import { loadQuestion } from '../engine/loadQuestion';
import type { DecisionAnswer } from './DecisionService';
import { StaleSubjectError } from './StaleSubjectError';

/** How often a transaction is tried again that lost a race. */
const TRIES = 5;

/**
 * What every act of a person on a Promotion needs: who it is, the Promotion, and
 * a transaction that is tried again when it lost a race.
 */
export class PromotionDesk {
  readonly room: EngineRoom;
  readonly #userInfo: UserInfoService;
  readonly #wake: (promotionId: string) => void;

  constructor(options: {
    room: EngineRoom;
    userInfo: UserInfoService;
    /** Makes the reconciler look at a Promotion at once. */
    wake(promotionId: string): void;
  }) {
    this.room = options.room;
    this.#userInfo = options.userInfo;
    this.#wake = options.wake;
  }

  /** Tells viewers and the reconciler that a Promotion is new or different. */
  announce(promotion: PromotionRecord): void {
    this.room.hint(promotion.service);
    this.#wake(promotion.id);
  }

  /** Who acts. */
  async me(credentials: BackstageCredentials): Promise<EntityRef> {
    const { userEntityRef } = await this.#userInfo.getUserInfo(credentials);
    return userEntityRef;
  }

  /** A Promotion that has not ended. Throws what a person understands when there is none. */
  async open(promotionId: string): Promise<PromotionRecord> {
    const promotion = await findPromotion(this.room.knex, promotionId);
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

  /** Lets one thing happen to a Promotion, in a transaction of its own. */
  async input(promotionId: string, input: PromotionInput): Promise<void> {
    await this.change(promotionId, async (_, current) => [current, input]);
  }

  /** Prepares and lets one thing happen to a Promotion, in one transaction. */
  async change(
    promotionId: string,
    prepare: (
      tx: Db,
      current: PromotionRecord,
    ) => Promise<[PromotionRecord, PromotionInput]>,
  ): Promise<void> {
    const changed = await this.again(() =>
      this.room.knex.transaction(async tx => {
        const current = await findPromotion(tx, promotionId);
        if (!current) {
          throw new NotFoundError(`There is no promotion ${promotionId}`);
        }
        const [promotion, input] = await prepare(tx, current);
        const next = await changePromotion(
          tx,
          promotion,
          input,
          this.room.followUps,
        );
        if (next === promotion) {
          throw new ConflictError(
            `Promotion ${current.number} is ${current.phase} now; nothing was changed`,
          );
        }
        return next;
      }),
    );
    this.announce(changed);
  }

  /** Does work again that lost a race, a few times. */
  async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        const raced =
          error instanceof LostRace ||
          isUniqueViolation(error) ||
          isDeadlock(error);
        if (!raced || tries === TRIES) {
          throw error;
        }
      }
    }
  }

  /** The Decision on a stored Promotion, from facts of this very moment. */
  async answer(promotion: PromotionRecord): Promise<DecisionAnswer> {
    const { config, decisions, knex } = this.room;
    const asked = await loadQuestion(knex, config, promotion);
    if (asked.state === 'gone') {
      throw new ConflictError(asked.reason);
    }
    return decisions.decide(asked.question, { fresh: true });
  }

  /** Refuses what was seen before a change, and says what changed. */
  refuseStale(
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
  async withSubject(
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
            at: this.room.clock.now().toISOString(),
            subject: answer.subject,
            fields: answer.subjectFields,
            changed: changedSubjectFields(
              current.subjectFields,
              answer.subjectFields,
            ),
          },
          this.room.followUps,
        );
  }
}
