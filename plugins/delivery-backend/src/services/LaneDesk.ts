// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type {
  AcknowledgementBody,
  CancellationBody,
  HoldBody,
  MarkBody,
} from 'backstage-plugin-delivery-common';
import { ulid } from 'ulid';
import { hurryPromotions } from '../database/duePromotions';
import { findLane, saveHold } from '../database/lanes';
import { insertNote } from '../database/notes';
import { acknowledgeOutsideChange } from '../database/outsideChanges';
import { markRelease } from '../database/releases';
import type { ActOptions } from './PromotionService';
import type { PromotionDesk } from './PromotionDesk';

/** Takes what people say about a lane or a Release: changes looked at, holds, marks. */
export class LaneDesk {
  readonly #desk: PromotionDesk;

  constructor(desk: PromotionDesk) {
    this.#desk = desk;
  }

  async acknowledge(
    lane: { service: string; environment: string },
    body: AcknowledgementBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const now = this.#desk.room.clock.now();
    const at = now.toISOString();
    await this.#desk.room.knex.transaction(async tx => {
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
    this.#desk.room.hint(lane.service);
  }

  async hold(
    lane: { service: string; environment: string },
    body: HoldBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const now = this.#desk.room.clock.now();
    const at = now.toISOString();
    await this.#desk.room.knex.transaction(async tx => {
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
    this.#desk.room.hint(lane.service);
  }

  async liftHold(
    lane: { service: string; environment: string },
    body: CancellationBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const now = this.#desk.room.clock.now();
    await this.#desk.room.knex.transaction(async tx => {
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
    this.#desk.room.hint(lane.service);
  }

  async mark(
    release: { service: string; number: number },
    body: MarkBody,
    { credentials }: ActOptions,
  ): Promise<void> {
    const me = await this.#desk.me(credentials);
    const now = this.#desk.room.clock.now();
    const at = now.toISOString();
    const bad = body.mark === 'bad';
    await this.#desk.room.knex.transaction(async tx => {
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
    await hurryPromotions(
      this.#desk.room.knex,
      { service: release.service },
      now,
    );
    this.#desk.room.hint(release.service);
  }
}
