// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type {
  AcknowledgementBody,
  CancellationBody,
  HoldBody,
  MarkBody,
} from 'backstage-plugin-delivery-common';
import { ulid } from 'ulid';
import type { Db } from '../database/Db';
import { hurryPromotions } from '../database/duePromotions';
import { findLane, saveHold } from '../database/lanes';
import { insertNote, type Note } from '../database/notes';
import { acknowledgeOutsideChange } from '../database/outsideChanges';
import { markRelease } from '../database/releases';
import type { ActOptions } from './PromotionService';
import type { PromotionDesk } from './PromotionDesk';

type LaneName = { service: string; environment: string };

/** Who acts, and when; `at` is the ISO 8601 text of `now`. */
type Act = { by: string; at: string; now: Date };

/** Takes what people say about a lane or a Release: changes looked at, holds, marks. */
export class LaneDesk {
  readonly #desk: PromotionDesk;

  constructor(desk: PromotionDesk) {
    this.#desk = desk;
  }

  async acknowledge(
    lane: LaneName,
    body: AcknowledgementBody,
    options: ActOptions,
  ): Promise<void> {
    await this.#noted(lane, body, options, async (tx, { by, at }) => {
      const changed = await acknowledgeOutsideChange(
        tx,
        { ...lane, id: body.id },
        { by, at, reason: body.reason },
      );
      if (!changed) {
        throw new NotFoundError(
          `There is no change ${body.id} in ${lane.environment} that somebody must look at`,
        );
      }
      return {
        kind: 'acknowledged',
        summary: `looked at the change from outside in ${lane.environment}`,
      };
    });
  }

  async hold(
    lane: LaneName,
    body: HoldBody,
    options: ActOptions,
  ): Promise<void> {
    await this.#noted(lane, body, options, async (tx, { by, at }) => {
      const { reason, scope } = body;
      await saveHold(tx, lane, { since: at, by, reason, scope });
      return {
        kind: 'hold',
        summary:
          scope === 'all'
            ? `pinned ${lane.environment} to what runs there`
            : `put automatic promotion into ${lane.environment} on hold`,
      };
    });
  }

  async liftHold(
    lane: LaneName,
    body: CancellationBody,
    options: ActOptions,
  ): Promise<void> {
    await this.#noted(lane, body, options, async tx => {
      const { hold } = await findLane(tx, lane);
      if (!hold) {
        throw new NotFoundError(`${lane.environment} is not on hold`);
      }
      await saveHold(tx, lane, undefined);
      return {
        kind: 'hold-lifted',
        summary: `lifted the hold on ${lane.environment}`,
      };
    });
  }

  async mark(
    release: { service: string; number: number },
    body: MarkBody,
    options: ActOptions,
  ): Promise<void> {
    const { service, number } = release;
    await this.#noted(
      { service },
      body,
      options,
      async (tx, { by, at, now }) => {
        const bad = body.mark === 'bad';
        const marked = await markRelease(
          tx,
          release,
          bad ? { by, at, reason: body.reason } : undefined,
        );
        if (!marked) {
          throw new NotFoundError(`${service} has no Release ${number}`);
        }
        await hurryPromotions(tx, { services: [service] }, now);
        return {
          kind: 'marked',
          summary: bad
            ? `marked Release ${number} as bad`
            : `took back that Release ${number} is bad`,
        };
      },
    );
  }

  /** Does something and writes into the history who did it and why, or does neither. */
  async #noted(
    of: Pick<LaneName, 'service'> & Partial<LaneName>,
    body: { reason: string },
    { credentials }: ActOptions,
    act: (tx: Db, act: Act) => Promise<Pick<Note, 'kind' | 'summary'>>,
  ): Promise<void> {
    const { room } = this.#desk;
    const by = await this.#desk.me(credentials);
    const now = room.clock.now();
    const at = now.toISOString();
    await room.knex.transaction(async tx => {
      const done = await act(tx, { by, at, now });
      await insertNote(tx, {
        id: ulid(now.getTime()),
        ...of,
        at,
        by,
        ...done,
        reason: body.reason,
      });
    });
    room.hint(of.service);
  }
}
