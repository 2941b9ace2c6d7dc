// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import { isFinal } from 'backstage-plugin-delivery-common';
import { changePromotion } from '../database/changePromotion';
import { claimDuePromotions, scheduleCheck } from '../database/duePromotions';
import { LostRace } from '../database/LostRace';
import { findPromotion } from '../database/promotions';
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { EngineRoom } from './EngineRoom';
import type { Step } from './Step';
import { stepRunning } from './stepRunning';
import { stepStarting } from './stepStarting';
import { stepVerifying } from './stepVerifying';
import { stepWaiting } from './stepWaiting';

/** So many are looked at together; the others are left to other replicas meanwhile. */
const TOGETHER = 20;

/** Longer than any step may take; then another worker may try. */
const LEASE_MS = 180_000;

/** A Promotion that changes more often than this at once is looked at later. */
const MOST_STEPS = 12;

/** After an error that nobody foresaw. */
const AFTER_ERROR_MS = 10_000;

/**
 * Moves Promotions on, by looking at what is stored and at the world.
 *
 * @remarks
 * Level-triggered: what happened outside only makes it look sooner. Several
 * replicas may run it: due rows are claimed with a lease, and every change is a
 * compare-and-set, so a worker that was overtaken changes nothing.
 */
export class Reconciler {
  readonly #room: EngineRoom;
  readonly #busy = new Set<string>();

  constructor(room: EngineRoom) {
    this.#room = room;
  }

  /** One round over everything that is due; what fails is logged and tried again. */
  async round(signal?: AbortSignal): Promise<void> {
    let ids: string[];
    do {
      ids = await claimDuePromotions(this.#room.knex, {
        now: this.#room.clock.now(),
        lease: LEASE_MS,
        limit: TOGETHER,
      });
      await Promise.all(ids.map(id => this.reconcile(id, signal)));
      // More of them may be due than are looked at together.
    } while (ids.length === TOGETHER && !signal?.aborted);
  }

  /** Moves one Promotion as far as it goes now. */
  async reconcile(id: string, signal?: AbortSignal): Promise<void> {
    if (this.#busy.has(id)) {
      return;
    }
    this.#busy.add(id);
    try {
      await this.#moveOn(id, signal);
    } catch (error) {
      this.#room.logger.error(
        `Promotion ${id} could not be moved on; it is tried again`,
        toError(error),
      );
      const promotion = await findPromotion(this.#room.knex, id);
      if (promotion) {
        await this.#checkAt(promotion, AFTER_ERROR_MS);
      }
    } finally {
      this.#busy.delete(id);
    }
  }

  async #moveOn(id: string, signal?: AbortSignal): Promise<void> {
    for (let count = 0; count < MOST_STEPS && !signal?.aborted; count += 1) {
      const promotion = await findPromotion(this.#room.knex, id);
      if (!promotion || isFinal(promotion.phase)) {
        return;
      }
      try {
        const step = await this.#step(promotion);
        if (step === 'changed') {
          this.#room.hint(promotion.service);
        } else if ('input' in step) {
          // What a step saw may be about the Promotion before its own call.
          await this.#change(promotion, step.input);
        } else {
          await this.#wait(promotion, step);
          return;
        }
      } catch (error) {
        if (!(error instanceof LostRace)) {
          throw error;
        }
      }
    }
  }

  async #step(promotion: PromotionRecord): Promise<Step | 'changed'> {
    switch (promotion.phase) {
      case 'waiting':
        return stepWaiting(this.#room, promotion);
      case 'starting':
        return stepStarting(this.#room, promotion, one =>
          this.#store(one, {
            type: 'call-begins',
            at: this.#room.clock.now().toISOString(),
          }),
        );
      case 'running':
        return stepRunning(this.#room, promotion);
      case 'verifying':
        return stepVerifying(this.#room, promotion);
      default:
        return {
          nextCheck: new Date(
            this.#room.clock.now().getTime() + this.#room.config.timing.sweep,
          ),
        };
    }
  }

  async #change(
    promotion: PromotionRecord,
    input: PromotionInput,
  ): Promise<void> {
    const current = await findPromotion(this.#room.knex, promotion.id);
    if (current) {
      await this.#store(current, input);
    }
  }

  async #store(
    promotion: PromotionRecord,
    input: PromotionInput,
  ): Promise<PromotionRecord> {
    const next = await this.#room.knex.transaction(tx =>
      changePromotion(tx, promotion, input, this.#room.followUps),
    );
    if (next !== promotion) {
      this.#room.hint(promotion.service);
    }
    return next;
  }

  async #wait(
    promotion: PromotionRecord,
    step: Extract<Step, { nextCheck: Date }>,
  ): Promise<void> {
    const told =
      step.waitsFor && step.waitsFor !== promotion.phaseReason
        ? await this.#store(promotion, {
            type: 'waits',
            at: this.#room.clock.now().toISOString(),
            reason: step.waitsFor.slice(0, 1000),
          })
        : promotion;
    await scheduleCheck(this.#room.knex, told, step.nextCheck);
  }

  async #checkAt(promotion: PromotionRecord, delay: number): Promise<void> {
    await scheduleCheck(
      this.#room.knex,
      promotion,
      new Date(this.#room.clock.now().getTime() + delay),
    );
  }
}
