// SPDX-License-Identifier: Apache-2.0
import { ulid } from 'ulid';
import type { EnvironmentConfig } from '../config/DeliveryConfig';
import { insertNote } from '../database/notes';
import { insertOutsideChange } from '../database/outsideChanges';
import type { StoredService } from '../database/services';
import type { EngineRoom } from './EngineRoom';

/** Something that came into an Environment without a Promotion. */
export type OutsideSign = {
  /** Tells it from others, so that it is written down once. */
  key: string;
  reason: string;
  /** The Execution that brought it, by id. */
  execution?: string;
};

/** Writes down once that a lane was changed outside, and tells everybody. */
export async function flagOutsideChange(
  room: Pick<EngineRoom, 'knex' | 'clock' | 'logger' | 'hint'>,
  lane: { service: StoredService; environment: EnvironmentConfig },
  sign: OutsideSign,
): Promise<void> {
  const { clock, hint, knex, logger } = room;
  const service = lane.service.entityRef;
  const environment = lane.environment.name;
  const since = clock.now().toISOString();
  const id = ulid(Date.parse(since));
  const flagged = await knex.transaction(async tx => {
    const isNew = await insertOutsideChange(tx, {
      id,
      service,
      environment,
      since,
      key: sign.key,
      reason: sign.reason.slice(0, 600),
      ...(sign.execution ? { execution: sign.execution } : {}),
    });
    if (isNew) {
      await insertNote(tx, {
        id,
        service,
        environment,
        kind: 'changed-outside',
        at: since,
        summary: `${environment} was changed outside`,
        reason: sign.reason.slice(0, 1000),
      });
    }
    return isNew;
  });
  if (flagged) {
    logger.warn(`${service}: ${sign.reason}`);
    hint(service);
  }
}
