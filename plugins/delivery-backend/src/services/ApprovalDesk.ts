// SPDX-License-Identifier: Apache-2.0
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  Approval,
  ApprovalBody,
  EntityRef,
  GateVerdict,
  ReviewBody,
} from 'backstage-plugin-delivery-common';
import { ulid } from 'ulid';
import { insertApproval, withdrawApproval } from '../database/approvals';
import { hurryPromotions } from '../database/duePromotions';
import { insertNote } from '../database/notes';
import {
  closeReview,
  findOverride,
  insertOverride,
} from '../database/overrides';
import { nameOf } from '../domain/nameOf';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { sayList } from '../domain/sayList';
import type { DecisionAnswer } from './DecisionService';
import type { ActOptions, ParsedOverrideBody } from './PromotionService';
import type { PromotionDesk } from './PromotionDesk';

/** Takes what people say to a Promotion that waits: approvals, rejections, overrides and their reviews. */
export class ApprovalDesk {
  readonly #desk: PromotionDesk;

  constructor(desk: PromotionDesk) {
    this.#desk = desk;
  }

  async decide(
    promotionId: string,
    body: ApprovalBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const promotion = await this.#desk.open(promotionId);
    if (promotion.phase !== 'waiting') {
      throw new ConflictError(
        `Promotion ${promotion.number} is ${promotion.phase}: it does not wait for approvals any more`,
      );
    }
    if (body.verdict === 'withdraw') {
      await this.#withdraw(promotion, body.reason, me);
      return;
    }
    const answer = await this.#desk.answer(promotion);
    refuseIneligible(promotion, answer, me, body.verdict);
    this.#desk.refuseStale(body.subject, promotion, answer);
    const at = this.#desk.room.clock.now().toISOString();
    const expired = standingApproval(answer, me);
    await this.#desk.change(promotionId, async (tx, current) => {
      if (expired) {
        // Its time is over, and this one takes its place.
        const { id } = expired;
        await withdrawApproval(tx, { promotionId, by: me, at, id });
      }
      const isNew = await insertApproval(tx, {
        id: ulid(Date.parse(at)),
        promotionId,
        by: me,
        verdict: body.verdict,
        reason: body.reason,
        subject: answer.subject,
        at,
      });
      if (!isNew && body.verdict === 'approve') {
        // At the same moment through another door, or on another replica.
        throw approvedAlready(promotion);
      }
      return [
        await this.#desk.withSubject(tx, current, answer),
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
    const me = await this.#desk.me(credentials);
    const promotion = await this.#desk.open(promotionId);
    if (promotion.phase !== 'waiting') {
      throw new ConflictError(
        `Promotion ${promotion.number} is ${promotion.phase}: no gate stands in its way`,
      );
    }
    const answer = await this.#desk.answer(promotion);
    refuseOverride(body.gates, answer.decision.verdicts);
    this.#desk.refuseStale(body.subject, promotion, answer);
    const now = this.#desk.room.clock.now();
    const at = now.toISOString();
    await this.#desk.change(promotionId, async (tx, current) => {
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
        await this.#desk.withSubject(tx, current, answer),
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
    const me = await this.#desk.me(credentials);
    const now = this.#desk.room.clock.now();
    const override = await findOverride(this.#desk.room.knex, overrideId);
    if (!override) {
      throw new NotFoundError(`There is no override ${overrideId}`);
    }
    if (override.by === me) {
      throw new NotAllowedError(
        'You made this override; somebody else must review it',
      );
    }
    const { service, ...kept } = override;
    await this.#desk.room.knex.transaction(async tx => {
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
    await hurryPromotions(this.#desk.room.knex, { services: [service] }, now);
    this.#desk.room.hint(service);
  }

  async #withdraw(
    promotion: PromotionRecord,
    reason: string | undefined,
    me: EntityRef,
  ): Promise<void> {
    const at = this.#desk.room.clock.now().toISOString();
    await this.#desk.change(promotion.id, async (tx, current) => {
      const promotionId = promotion.id;
      if (!(await withdrawApproval(tx, { promotionId, by: me, at }))) {
        throw new ConflictError(
          `You have not approved Promotion ${promotion.number}; there is nothing to take back`,
        );
      }
      return [current, { type: 'withdrawn', at, by: me, reason }];
    });
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
  const given = standingApproval(answer, me) !== undefined;
  const excluded = answer.notCounted.find(({ person }) => person === me);
  const eligible = answer.slots.some(slot => slot.eligible.includes(me));
  // Whose approval has expired may give it again.
  if (verdict === 'approve' && given && !eligible) {
    throw approvedAlready(promotion);
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

/** What a person approved and neither took back nor saw change since. */
function standingApproval(
  answer: DecisionAnswer,
  me: EntityRef,
): Approval | undefined {
  return answer.approvals.find(
    approval => approval.by === me && !approval.void,
  );
}

function approvedAlready({ number }: PromotionRecord): ConflictError {
  return new ConflictError(
    `You approved Promotion ${number} already; one person counts once`,
  );
}
