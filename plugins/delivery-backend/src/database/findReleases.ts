// SPDX-License-Identifier: Apache-2.0
import { releaseSchema, type Release } from 'backstage-plugin-delivery-common';
import { mapInTurns } from '../mapInTurns';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** As many as every supported database takes in one list. */
const CHUNK = 500;

/** Releases by their ids, in no particular order; unknown ids are left out. */
export async function findReleases(
  db: Db,
  ids: Iterable<string>,
): Promise<Release[]> {
  const wanted = [...new Set(ids)];
  const releases: Release[] = [];
  for (let start = 0; start < wanted.length; start += CHUNK) {
    const rows = await db<{ id: string; body: string }>('delivery_releases')
      .select('body')
      .whereIn('id', wanted.slice(start, start + CHUNK));
    releases.push(
      ...(await mapInTurns(rows, row =>
        parseRow(releaseSchema, row.body, 'release'),
      )),
    );
  }
  return releases;
}
