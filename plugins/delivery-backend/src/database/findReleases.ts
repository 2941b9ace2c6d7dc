// SPDX-License-Identifier: Apache-2.0
import { releaseSchema, type Release } from 'backstage-plugin-delivery-common';
import { mapInTurns } from '../mapInTurns';
import { chunksOf } from './chunksOf';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** Releases by their ids, in no particular order; unknown ids are left out. */
export async function findReleases(
  db: Db,
  ids: Iterable<string>,
): Promise<Release[]> {
  const releases: Release[] = [];
  for (const wanted of chunksOf([...new Set(ids)])) {
    const rows = await db<{ id: string; body: string }>('delivery_releases')
      .select('body')
      .whereIn('id', wanted);
    releases.push(
      ...(await mapInTurns(rows, row =>
        parseRow(releaseSchema, row.body, 'release'),
      )),
    );
  }
  return releases;
}
