// SPDX-License-Identifier: Apache-2.0
import { releaseSchema, type Release } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { parseRow } from './parseRow';

type Row = { id: string; service: string; number: number; body: string };

/** What a row says. Throws when it is not what was written. */
export function toRelease(row: { body: string }): Release {
  return parseRow(releaseSchema, row.body, 'release');
}

/** The Releases of a Service, newest first. */
export async function listReleases(
  db: Db,
  filter: { service: string; before?: number; limit?: number },
): Promise<Release[]> {
  const query = db<Row>('delivery_releases')
    .select('body')
    .where({ service: filter.service })
    .orderBy('number', 'desc')
    .limit(filter.limit ?? 100);
  if (filter.before !== undefined) {
    query.where('number', '<', filter.before);
  }
  return (await query).map(toRelease);
}

/** One Release by its id, or `undefined`. */
export async function findRelease(
  db: Db,
  id: string,
): Promise<Release | undefined> {
  const row = await db<Row>('delivery_releases').where({ id }).first('body');
  return row && toRelease(row);
}

/** Stores a Release; the first one of a number stays what it is. */
export async function insertRelease(
  db: Db,
  release: Release,
  ingestedAt: Date,
): Promise<boolean> {
  const inserted = await db('delivery_releases')
    .insert({
      id: release.id,
      service: release.service,
      number: release.number,
      chart_version: release.chart.version,
      build: release.build.number,
      body: JSON.stringify(release),
      ingested_at: ingestedAt.toISOString(),
    })
    .onConflict(['service', 'number'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

/** Marks a Release as bad or takes it back; `false` when there is none. */
export async function markRelease(
  db: Db,
  key: { service: string; number: number },
  mark: Release['markedBad'],
): Promise<boolean> {
  const row = await db<Row>('delivery_releases').where(key).first('body');
  if (!row) {
    return false;
  }
  const { markedBad: _, ...release } = toRelease(row);
  await db('delivery_releases')
    .where(key)
    .update({
      body: JSON.stringify({
        ...release,
        ...(mark ? { markedBad: mark } : {}),
      }),
    });
  return true;
}

/** The number of the newest build of which Releases are known. */
export async function newestBuild(
  db: Db,
  service: string,
): Promise<number | undefined> {
  const row = await db('delivery_releases')
    .where({ service })
    .max<{ build: number | null }>('build as build')
    .first();
  return row?.build ?? undefined;
}
