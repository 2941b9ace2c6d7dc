// SPDX-License-Identifier: Apache-2.0
import {
  listApprovals,
  toPromotionRecord,
  type PromotionRecord,
} from 'backstage-plugin-delivery-backend/testUtils';
import { isFinal } from 'backstage-plugin-delivery-common';
import type { RunDatabase } from '../database/Postgres';
import type { NewOrder } from '../worker/messages';
import type { Scene } from '../world/Scene';
import { checkInvariants, type Acknowledged } from './checkInvariants';
import type { Crew } from './Crew';
import type { MatrixCase } from './MatrixCase';

/** What came of one run. */
export type RunReport = {
  /** Whether the process was killed where it was to be. */
  crashed: boolean;
  faults: number;
  /** How many Promotions a person had to look at. */
  parked: number;
  deploys: number;
  /** Simulated time, in seconds. */
  seconds: number;
  /** The phases in which the Promotions ended, oldest first. */
  ends: string[];
  /** What must always hold, and did not. */
  broken: string[];
};

const MOST_TURNS = 400;
const SWEEP_MS = 20_000;
const HEAL_AFTER_MS = 400_000;

/** What people and machines do in one run, turn by turn. */
export class Story {
  readonly #acknowledged: Acknowledged = { requests: [], approvals: [] };
  readonly #one: MatrixCase;
  readonly #scene: Scene;
  readonly #crew: Crew;
  readonly #database: RunDatabase;
  readonly #began: number;
  #parked = 0;
  #swept = 0;
  #told = false;
  #approvedAt = -Infinity;
  #built = false;
  #handedOver = false;

  constructor(options: {
    one: MatrixCase;
    scene: Scene;
    crew: Crew;
    database: RunDatabase;
  }) {
    this.#one = options.one;
    this.#scene = options.scene;
    this.#crew = options.crew;
    this.#database = options.database;
    this.#began = options.scene.now;
    if (options.one.life === 'rollback') {
      options.scene.cluster.breakRelease(2);
    }
  }

  /** Until nothing moves any more, and a person has looked at what is parked. */
  async tell(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      await this.#turn();
      let { next, promotions } = await this.#look();
      if (this.#isOver(promotions)) {
        const parked = promotions.filter(
          ({ phase }) => phase === 'needs-attention',
        );
        if (parked.length === 0) {
          await this.#sweep();
          return;
        }
        this.#scene.calm();
        for (const promotion of parked) {
          this.#parked += 1;
          await this.#resolve(promotion);
        }
        ({ next, promotions } = await this.#look());
      }
      if (this.#scene.now - this.#began > HEAL_AFTER_MS) {
        this.#scene.calm();
      }
      await this.#wait(next);
    }
  }

  async report(): Promise<RunReport> {
    const promotions = await this.#promotions();
    return {
      crashed: this.#crew.deaths > 0,
      faults: this.#scene.faults,
      parked: this.#parked,
      deploys: this.#scene.gate.deploys.length,
      seconds: Math.round((this.#scene.now - this.#began) / 1000),
      ends: promotions.map(({ phase }) => phase),
      broken: await checkInvariants({
        one: this.#one,
        knex: this.#database.knex,
        scene: this.#scene,
        promotions,
        acknowledged: this.#acknowledged,
      }),
    };
  }

  async #turn(): Promise<void> {
    const { now } = this.#scene;
    if (await this.#crew.relieve(now)) {
      this.#scene.forgetObservations();
    }
    await this.#act();
    await this.#crew.all({
      kind: 'round',
      now: this.#scene.now,
      observations: this.#scene.newObservations(),
      sweep: false,
    });
    if (now - this.#swept >= SWEEP_MS && this.#one.seed % 2 === 1) {
      await this.#sweep();
    }
  }

  async #sweep(): Promise<void> {
    this.#swept = this.#scene.now;
    // While a call was slow, time went on for Spinnaker too.
    await this.#scene.pass(0);
    await this.#crew.relieve(this.#scene.now);
    await this.#crew.one({
      kind: 'round',
      now: this.#scene.now,
      observations: [],
      sweep: true,
    });
  }

  async #act(): Promise<void> {
    const promotions = await this.#promotions();
    if (this.#one.life === 'automatic') {
      await this.#actOfBuilds(promotions);
      return;
    }
    const [first] = promotions;
    if (!first) {
      await this.#request();
      return;
    }
    if (!this.#told) {
      // The same key again: it is the same request, whoever answered it.
      await this.#request();
    }
    if (first.phase === 'waiting') {
      await this.#approve(first);
    } else if (
      this.#one.life === 'cancel' &&
      !first.cancelRequested &&
      (first.phase === 'running' ||
        (first.phase === 'starting' && this.#one.seed % 2 === 0))
    ) {
      await this.#order({
        kind: 'cancel',
        now: this.#scene.now,
        by: 'ben',
        promotionId: first.id,
      });
    }
  }

  async #actOfBuilds(promotions: PromotionRecord[]): Promise<void> {
    const { now } = this.#scene;
    if (!this.#built || promotions.length === 0) {
      this.#built = true;
      await this.#order({ kind: 'build', now, release: 3 });
    }
    if (!this.#handedOver && this.#one.seed % 2 === 0) {
      this.#handedOver = true;
      await this.#scene.handOver(3);
    }
  }

  async #request(): Promise<void> {
    const outcome = await this.#order({
      kind: 'request',
      now: this.#scene.now,
      by: 'ben',
      release: 2,
      environment: 'staging',
      key: 'the only one',
    });
    if (outcome !== undefined) {
      this.#told = true;
      this.#acknowledged.requests.push(String(outcome));
    }
  }

  /** Again when what was approved has changed since, as people do. */
  async #approve(promotion: PromotionRecord): Promise<void> {
    const given = await listApprovals(this.#database.knex, {
      promotionIds: [promotion.id],
    });
    const stands = given.some(
      ({ subject, by }) =>
        by === 'user:default/anna' && subject === promotion.subject,
    );
    if (stands || this.#scene.now - this.#approvedAt < 2_000) {
      return;
    }
    this.#approvedAt = this.#scene.now;
    const subject = await this.#order({
      kind: 'approve',
      now: this.#scene.now,
      by: 'anna',
      promotionId: promotion.id,
    });
    if (subject !== undefined) {
      this.#acknowledged.approvals.push({
        promotionId: promotion.id,
        subject: String(subject),
      });
    }
  }

  /** A person looks into Spinnaker and says what is there. */
  async #resolve(promotion: PromotionRecord): Promise<void> {
    const found = this.#scene.gate.executions.filter(
      ({ trigger }) =>
        trigger.correlationId === promotion.correlationId ||
        JSON.stringify(trigger).includes(promotion.id),
    );
    const best =
      found.find(({ id }) => this.#scene.admitted.has(id)) ?? found[0];
    await this.#crew.relieve(this.#scene.now);
    await this.#order({
      kind: 'resolve',
      now: this.#scene.now,
      by: 'ben',
      promotionId: promotion.id,
      ...(best && best.id !== promotion.execution?.id
        ? { executionId: best.id }
        : {}),
    });
  }

  /** The value of what was acknowledged, or `undefined` when it was not. */
  async #order(order: NewOrder): Promise<unknown> {
    const outcome = await this.#crew.one(order);
    return outcome.state === 'done' ? outcome.value ?? true : undefined;
  }

  #isOver(promotions: PromotionRecord[]): boolean {
    return (
      promotions.length > 0 &&
      (this.#told || this.#one.life === 'automatic') &&
      promotions.every(
        ({ phase }) => isFinal(phase) || phase === 'needs-attention',
      ) &&
      this.#scene.due === undefined
    );
  }

  async #wait(nextCheck: number): Promise<void> {
    const { now } = this.#scene;
    const next = Math.min(nextCheck, this.#scene.due ?? Infinity, now + 30_000);
    await this.#scene.pass(Math.max(500, next - now));
  }

  async #promotions(): Promise<PromotionRecord[]> {
    return (await this.#look()).promotions;
  }

  /** The Promotions, oldest first, and when the first open one is to be looked at. */
  async #look(): Promise<{ promotions: PromotionRecord[]; next: number }> {
    const rows: { body: string; next_check_at: string }[] = await this.#database
      .knex('delivery_promotions')
      .orderBy('number')
      .select('body', 'next_check_at');
    const promotions = rows.map(toPromotionRecord);
    const checks = rows
      .filter((_, index) => !isFinal(promotions[index].phase))
      .map(row => Date.parse(row.next_check_at));
    return { promotions, next: Math.min(...checks) };
  }
}
