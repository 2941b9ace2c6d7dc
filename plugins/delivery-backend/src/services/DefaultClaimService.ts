// SPDX-License-Identifier: Apache-2.0
import type { ClaimAnswer } from 'backstage-plugin-delivery-common';
import { chartHandOver, ulidSchema } from 'backstage-plugin-delivery-common';
import type { Execution } from 'backstage-plugin-delivery-node';
import {
  findAdmittedClaim,
  findClaim,
  insertClaim,
  type StoredClaim,
} from '../database/claims';
import { changePromotion } from '../database/changePromotion';
import {
  findPromotionGround,
  type PromotionGround,
} from '../database/findGround';
import { lockPromotion } from '../database/promotions';
import { foreignContent } from '../domain/foreignContent';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { EngineRoom } from '../engine/EngineRoom';
import { questionOf } from '../engine/loadQuestion';
import { toEngineTarget } from '../engine/toEngineTarget';
import type { ClaimService } from './ClaimService';
import type { DecisionQuestion } from './DecisionService';

type Answer = Pick<ClaimAnswer, 'status' | 'progress'>;

/** The engine may not show an Execution yet that it has just begun. */
const ASK_MS = 20_000;

/**
 * Answers claims from what the engine itself says of the Execution.
 *
 * @remarks
 * The question carries no authority: whoever has the token can only ask about an
 * Execution that we started and that is, as executed, what we made. Texts hold
 * no `$`, since the engine evaluates what we answer.
 */
export class DefaultClaimService implements ClaimService {
  readonly #room: EngineRoom;
  readonly #asked = new Map<string, string>();

  constructor(room: EngineRoom) {
    this.#room = room;
  }

  async claim(question: {
    executionId: string;
    promotionId?: string;
  }): Promise<Answer> {
    const known = await findClaim(this.#room.knex, question.executionId);
    if (known) {
      return said(known);
    }
    const promotionId = ulidSchema.safeParse(question.promotionId);
    const ground = promotionId.success
      ? await findPromotionGround(this.#room.knex, promotionId.data)
      : undefined;
    if (!ground) {
      return this.#refuse(
        question.executionId,
        undefined,
        'There is no such promotion. Ask for one in the portal.',
      );
    }
    this.#asked.set(question.executionId, ground.promotion.id);
    return this.#decide(question.executionId, ground);
  }

  async status(executionId: string): Promise<Answer> {
    const known = await findClaim(this.#room.knex, executionId);
    if (known) {
      return said(known);
    }
    const promotionId =
      this.#asked.get(executionId) ?? (await this.#promotionOf(executionId));
    const ground =
      promotionId && (await findPromotionGround(this.#room.knex, promotionId));
    return ground
      ? this.#decide(executionId, ground)
      : { status: 'PENDING', progress: 'Waiting for the question itself.' };
  }

  async withdraw(executionId: string): Promise<void> {
    const { clock, knex } = this.#room;
    await insertClaim(knex, {
      executionId,
      status: 'WITHDRAWN',
      reason: 'The execution was given up before it was admitted.',
      at: clock.now().toISOString(),
    });
  }

  /**
   * The Promotion that an Execution says it is for; another replica, or this one
   * before it was started anew, may have heard the question.
   */
  async #promotionOf(executionId: string): Promise<string | undefined> {
    const { engine } = this.#room;
    const execution = await engine
      ?.get(
        { engine: engine.id, id: executionId },
        { signal: AbortSignal.timeout(ASK_MS) },
      )
      .catch(() => undefined);
    return ulidSchema.safeParse(execution?.parameters.promotionId).data;
  }

  async #decide(
    executionId: string,
    { promotion, ...ground }: PromotionGround,
  ): Promise<Answer> {
    const { clock, config, decisions, engine, followUps, knex } = this.#room;
    const asked = questionOf(config, promotion, ground);
    if (asked.state === 'gone' || !engine) {
      return this.#refuse(
        executionId,
        promotion,
        asked.state === 'gone' ? asked.reason : 'No CD engine is installed.',
      );
    }
    const { environment, service } = asked.question;
    const execution = await engine
      .get(
        { engine: engine.id, id: executionId },
        {
          target: toEngineTarget(service, environment),
          signal: AbortSignal.timeout(ASK_MS),
        },
      )
      .catch(() => undefined);
    if (!execution) {
      return {
        status: 'PENDING',
        progress: 'Waiting until the execution can be read.',
      };
    }
    const fault =
      faultOf(execution, promotion) ?? contentFault(execution, asked.question);
    if (fault) {
      return this.#refuse(executionId, promotion, fault);
    }
    const outside = await decisions.gather(asked.question, { fresh: true });
    const refusal = await knex.transaction(async tx => {
      // Until the commit nobody else gives the Promotion another Execution.
      const current = await lockPromotion(tx, promotion.id);
      const answer = await decisions.decideWithin(tx, asked.question, outside);
      const reason =
        (current && phaseFault(current, executionId)) ??
        (answer.subject === promotion.subject
          ? undefined
          : 'What was approved has changed since.') ??
        (answer.decision.outcome === 'proceed'
          ? undefined
          : answer.decision.reason);
      if (reason) {
        return reason;
      }
      const at = clock.now().toISOString();
      const stored = await insertClaim(tx, {
        executionId,
        promotionId: promotion.id,
        status: 'ADMITTED',
        reason: 'All gates pass.',
        at,
      });
      if (!stored) {
        return 'Another execution of this promotion was admitted already.';
      }
      if (current?.phase === 'starting') {
        // Of several under one correlationId this is now the one that counts.
        await changePromotion(
          tx,
          current,
          {
            type: 'execution-found',
            at,
            execution: execution.ref,
            adopted: false,
          },
          followUps,
        );
      }
      return undefined;
    });
    if (refusal) {
      const admitted = await findAdmittedClaim(knex, promotion.id);
      return admitted?.executionId === executionId
        ? said(admitted)
        : this.#refuse(executionId, promotion, refusal);
    }
    this.#asked.delete(executionId);
    this.#room.hint(promotion.service);
    return { status: 'ADMITTED', progress: 'All gates pass.' };
  }

  async #refuse(
    executionId: string,
    promotion: PromotionRecord | undefined,
    reason: string,
  ): Promise<Answer> {
    const { clock, knex, logger } = this.#room;
    logger.warn(`Claim of execution ${executionId} refused: ${reason}`);
    await insertClaim(knex, {
      executionId,
      promotionId: promotion?.id,
      status: 'REFUSED',
      reason,
      at: clock.now().toISOString(),
    });
    this.#asked.delete(executionId);
    return { status: 'REFUSED', progress: plain(reason) };
  }
}

/** Why the Execution is not the one that this Promotion started. */
function faultOf(
  execution: Execution,
  promotion: PromotionRecord,
): string | undefined {
  if (!execution.integrity.intact) {
    return `The execution is not what was made: ${execution.integrity.reason}`;
  }
  if (!execution.startedBy.ours) {
    return `The execution was started by ${execution.startedBy.user}, not by a promotion.`;
  }
  if (execution.pipelineId !== promotion.intent?.pipelineId) {
    return 'The execution belongs to another pipeline.';
  }
  if (execution.correlationId !== promotion.correlationId) {
    return 'The execution was not started by this promotion.';
  }
  if (execution.parameters.fingerprint !== promotion.subject) {
    return 'The execution carries another fingerprint than what was approved.';
  }
  return undefined;
}

/** Why the Execution was given something else than the Release holds. */
function contentFault(
  execution: Execution,
  { environment, release, service }: DecisionQuestion,
): string | undefined {
  const foreign = foreignContent(execution, {
    release,
    environment: environment.name,
    handOver: chartHandOver(service.annotations),
  });
  return foreign && `The execution is not what was started: ${foreign}.`;
}

function phaseFault(
  promotion: PromotionRecord,
  executionId: string,
): string | undefined {
  if (promotion.phase !== 'starting' && promotion.phase !== 'running') {
    return `Promotion ${promotion.number} is ${promotion.phase}.`;
  }
  if (promotion.cancelRequested) {
    return `Promotion ${promotion.number} is being cancelled.`;
  }
  return promotion.execution && promotion.execution.id !== executionId
    ? `Promotion ${promotion.number} has execution ${promotion.execution.id}.`
    : undefined;
}

function said(claim: StoredClaim): Answer {
  return { status: claim.status, progress: plain(claim.reason) };
}

/** The engine evaluates what we answer: nothing in it may look like an expression. */
function plain(text: string): string {
  return text.replace(/[$#{}`\r\n]/g, ' ').slice(0, 300);
}
