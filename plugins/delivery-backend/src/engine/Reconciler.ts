// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import { isFinal } from 'backstage-plugin-delivery-common';
import { changeAlone } from '../database/changePromotion';
import { claimDuePromotions, scheduleCheck } from '../database/duePromotions';
import {
  findGroundRows,
  findPromotionGround,
  readGround,
  type GroundRow,
  type PromotionGround,
} from '../database/findGround';
import { LostRace } from '../database/LostRace';
import { findPromotion } from '../database/promotions';
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { busyUntil } from './busyUntil';
import type { EngineRoom } from './EngineRoom';
import { questionOf } from './loadQuestion';
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
    const { clock, knex } = this.#room;
    let ids: string[];
    do {
      ids = await claimDuePromotions(knex, {
        now: clock.now(),
        lease: LEASE_MS,
        limit: TOGETHER,
      });
      const rows = ids.length > 0 ? await findGroundRows(knex, ids) : [];
      await Promise.all(rows.map(row => this.#reconcile(row.id, signal, row)));
      // More of them may be due than are looked at together.
    } while (ids.length === TOGETHER && !signal?.aborted);
  }

  /** Moves one Promotion as far as it goes now. */
  async reconcile(id: string, signal?: AbortSignal): Promise<void> {
    await this.#reconcile(id, signal);
  }

  async #reconcile(
    id: string,
    signal?: AbortSignal,
    row?: GroundRow,
  ): Promise<void> {
    if (this.#busy.has(id)) {
      return;
    }
    this.#busy.add(id);
    try {
      await this.#moveOn(id, signal, row);
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

  async #moveOn(
    id: string,
    signal?: AbortSignal,
    row?: GroundRow,
  ): Promise<void> {
    let look = row ? readGround(row) : await this.#look(id);
    for (let count = 0; count < MOST_STEPS && !signal?.aborted; count += 1) {
      if (!look || isFinal(look.promotion.phase)) {
        return;
      }
      try {
        const next = await this.#turn(look);
        if (!next) {
          return;
        }
        // What did not move may have been moved by somebody else.
        look =
          next === look.promotion
            ? await this.#look(id)
            : { ...look, promotion: next };
      } catch (error) {
        if (!(error instanceof LostRace)) {
          throw error;
        }
        look = await this.#look(id);
      }
    }
  }

  /** One step; the Promotion after it, when it is to be looked at again at once. */
  async #turn(look: PromotionGround): Promise<PromotionRecord | undefined> {
    let { promotion } = look;
    const step = await this.#step(look, async one => {
      promotion = await this.#store(one, {
        type: 'call-begins',
        at: this.#room.clock.now().toISOString(),
      });
      return promotion;
    });
    if ('changed' in step) {
      this.#room.hint(promotion.service);
      return step.changed;
    }
    if ('input' in step) {
      return this.#change(promotion, step);
    }
    await this.#wait(promotion, step);
    return undefined;
  }

  async #look(id: string): Promise<PromotionGround | undefined> {
    return findPromotionGround(this.#room.knex, id);
  }

  async #step(
    { promotion, ...ground }: PromotionGround,
    call: (promotion: PromotionRecord) => Promise<PromotionRecord>,
  ): Promise<Step> {
    const room = this.#room;
    const asked = questionOf(room.config, promotion, ground);
    switch (promotion.phase) {
      case 'waiting':
        return stepWaiting(room, promotion, asked);
      case 'starting':
        return stepStarting(room, promotion, asked, call);
      case 'running':
        return stepRunning(room, promotion, asked);
      case 'verifying':
        return stepVerifying(room, promotion, asked);
      default:
        return {
          nextCheck: new Date(
            room.clock.now().getTime() + room.config.timing.sweep,
          ),
        };
    }
  }

  /** The Promotion after it, when it is to be looked at again at once. */
  async #change(
    promotion: PromotionRecord,
    { input, nextCheck }: Extract<Step, { input: PromotionInput }>,
  ): Promise<PromotionRecord | undefined> {
    try {
      const next = await this.#store(promotion, input, nextCheck);
      return nextCheck && next !== promotion ? undefined : next;
    } catch (error) {
      if (!(error instanceof LostRace)) {
        throw error;
      }
    }
    // What happened outside happened, whatever else became of the Promotion.
    const current = await findPromotion(this.#room.knex, promotion.id);
    return current && this.#store(current, input);
  }

  async #store(
    promotion: PromotionRecord,
    input: PromotionInput,
    nextCheck?: Date,
  ): Promise<PromotionRecord> {
    const { clock, followUps, knex } = this.#room;
    const next = await changeAlone(knex, promotion, input, {
      followUps,
      nextCheck: nextCheck ?? busyUntil(clock),
    });
    if (next !== promotion) {
      this.#room.hint(promotion.service);
    }
    return next;
  }

  async #wait(
    promotion: PromotionRecord,
    { nextCheck, waitsFor }: Extract<Step, { waitsFor?: string }>,
  ): Promise<void> {
    const told =
      waitsFor && waitsFor !== promotion.phaseReason
        ? await this.#store(
            promotion,
            {
              type: 'waits',
              at: this.#room.clock.now().toISOString(),
              reason: waitsFor.slice(0, 1000),
            },
            nextCheck,
          )
        : promotion;
    if (told === promotion) {
      await scheduleCheck(this.#room.knex, promotion, nextCheck);
    }
  }

  async #checkAt(promotion: PromotionRecord, delay: number): Promise<void> {
    await scheduleCheck(
      this.#room.knex,
      promotion,
      new Date(this.#room.clock.now().getTime() + delay),
    );
  }
}
