// SPDX-License-Identifier: Apache-2.0
import type {
  BuildSummary,
  EntityRef,
  Page,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { listReleases } from '../database/releases';
import { fromCursor, toCursor } from './cursor';
import type { PageQuery } from './DeliveryView';
import { requireService } from './loadService';
import type { ReadRoom } from './ReadRoom';

/** Older builds are read in the CI server itself. */
const MOST_BUILDS = 200;

/** The newest builds of a Service, newest first, each with the Release it made. */
export async function readBuilds(
  room: ReadRoom,
  entityRef: EntityRef,
  query: PageQuery,
): Promise<Page<BuildSummary>> {
  const start = fromCursor(query.cursor, z.number().int().nonnegative()) ?? 0;
  const end = Math.min(start + query.limit, MOST_BUILDS);
  const { service } = await requireService(room, entityRef);
  const builds = await room.builds.of(service, Math.min(end + 1, MOST_BUILDS));
  const releases = await listReleases(room.knex, {
    service: entityRef,
    limit: MOST_BUILDS,
  });
  const items = builds.slice(start, end).map(build => {
    const made = releases.find(
      release =>
        release.build.job === build.job &&
        release.build.number === build.number,
    );
    return made ? { ...build, releaseNumber: made.number } : build;
  });
  return builds.length > end ? { items, nextCursor: toCursor(end) } : { items };
}
