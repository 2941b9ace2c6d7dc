// SPDX-License-Identifier: Apache-2.0
import {
  observationSchema,
  sourceStateSchema,
  type Observation,
  type SourceState,
} from 'backstage-plugin-delivery-common';
import { mapInTurns } from '../mapInTurns';
import type { Db } from './Db';
import { parseRow } from './parseRow';

type Row = { body: string };

/** What a row says. Throws when it is not what was written. */
export function toObservation(row: Row): Observation {
  return parseRow(observationSchema, row.body, 'observation');
}

/** What a row says. Throws when it is not what was written. */
export function toSourceState(row: Row): SourceState {
  return parseRow(sourceStateSchema, row.body, 'source state');
}

/** The last Observations, of some Services or of all. */
export async function listObservations(
  db: Db,
  services?: readonly string[],
): Promise<Observation[]> {
  const query = db<Row & { service: string }>('delivery_observations').select(
    'body',
  );
  if (services) {
    query.whereIn('service', services);
  }
  return mapInTurns(await query, toObservation);
}

/** The last Observation of a lane, or `undefined`. */
export async function findObservation(
  db: Db,
  lane: { service: string; environment: string },
): Promise<Observation | undefined> {
  const row = await db<Row>('delivery_observations').where(lane).first('body');
  return row && toObservation(row);
}

/** What a cluster last told of a lane, and how fresh it is, in one look. */
export async function findSeen(
  db: Db,
  lane: { service: string; environment: string; cluster: string },
): Promise<{ source?: SourceState; observation?: Observation }> {
  const row = await db('delivery_sources as s')
    .leftJoin('delivery_observations as o', join =>
      join
        .onVal('o.service', lane.service)
        .onVal('o.environment', lane.environment),
    )
    .where({ 's.source': 'kubernetes', 's.id': lane.cluster })
    .first<{ source: string; observation: string | null } | undefined>({
      source: 's.body',
      observation: 'o.body',
    });
  return row
    ? {
        source: toSourceState({ body: row.source }),
        ...(row.observation === null
          ? {}
          : { observation: toObservation({ body: row.observation }) }),
      }
    : {};
}

/** Stores an Observation in place of the one before. */
export async function saveObservation(
  db: Db,
  observation: Observation,
): Promise<void> {
  await db('delivery_observations')
    .insert({
      service: observation.service,
      environment: observation.environment,
      observed_at: observation.observedAt,
      body: JSON.stringify(observation),
    })
    .onConflict(['service', 'environment'])
    .merge();
}

/** How fresh each source was when it last told. */
export async function listSourceStates(db: Db): Promise<SourceState[]> {
  const rows = await db<Row>('delivery_sources').select('body');
  return rows.map(toSourceState);
}

/** Stores how fresh a source is. */
export async function saveSourceState(
  db: Db,
  state: SourceState,
): Promise<void> {
  await db('delivery_sources')
    .insert({
      source: state.source,
      id: state.id,
      body: JSON.stringify(state),
    })
    .onConflict(['source', 'id'])
    .merge();
}
