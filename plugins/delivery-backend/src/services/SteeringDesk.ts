// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  CancellationBody,
  ResolutionBody,
} from 'backstage-plugin-delivery-common';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { loadQuestion } from '../engine/loadQuestion';
import { toEngineTarget } from '../engine/toEngineTarget';
import type { ActOptions } from './PromotionService';
import type { PromotionDesk } from './PromotionDesk';

/** Takes cancellations, and what people found about Promotions that need attention. */
export class SteeringDesk {
  readonly #desk: PromotionDesk;

  constructor(desk: PromotionDesk) {
    this.#desk = desk;
  }

  async cancel(
    promotionId: string,
    body: CancellationBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const promotion = await this.#desk.open(promotionId);
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
    await this.#desk.input(promotionId, {
      type: 'cancel-requested',
      at: this.#desk.room.clock.now().toISOString(),
      by: me,
      reason: body.reason,
    });
  }

  async resolve(
    promotionId: string,
    body: ResolutionBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const promotion = await this.#desk.open(promotionId);
    if (promotion.phase !== 'needs-attention') {
      throw new ConflictError(
        `Promotion ${promotion.number} is ${promotion.phase}: nobody has to look at it`,
      );
    }
    const at = this.#desk.room.clock.now().toISOString();
    switch (body.resolution) {
      case 'adopt': {
        const execution = await this.#adoptable(promotion, body.executionId);
        await this.#desk.input(promotionId, {
          type: 'adopted',
          at,
          by: me,
          reason: body.reason,
          execution,
        });
        return;
      }
      case 'none-exists':
        await this.#desk.input(promotionId, {
          type: 'none-exists',
          at,
          by: me,
          reason: body.reason,
        });
        return;
      default:
        if (promotion.execution) {
          await this.#desk.room.engine?.cancel(promotion.execution, {
            reason: 'cancelled in the portal',
            signal: AbortSignal.timeout(30_000),
          });
        }
        await this.#desk.input(promotionId, {
          type: 'given-up',
          at,
          by: me,
          reason: body.reason,
        });
    }
  }

  async #adoptable(
    promotion: PromotionRecord,
    executionId: string,
  ): Promise<NonNullable<PromotionRecord['execution']>> {
    const { config, engine, knex } = this.#desk.room;
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
}
