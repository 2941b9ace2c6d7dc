// SPDX-License-Identifier: Apache-2.0
import type {
  Deployment,
  EntityRef,
  ListedRelease,
  Page,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { listDeployments } from '../database/deployments';
import { listReleases } from '../database/releases';
import { fromCursor, toCursor } from './cursor';
import type { PageQuery } from './DeliveryView';
import type { ReadRoom } from './ReadRoom';

/** The Releases of a Service, newest first, with what became of each. */
export async function readReleases(
  { knex }: ReadRoom,
  service: EntityRef,
  query: PageQuery,
): Promise<Page<ListedRelease>> {
  const before = fromCursor(query.cursor, z.number());
  const releases = await listReleases(knex, {
    service,
    before,
    limit: query.limit + 1,
  });
  const page = releases.slice(0, query.limit);
  const deployments = await listDeployments(knex, { service, limit: 1000 });
  const items = page.map(release => ({
    ...release,
    environments: entered(
      deployments.filter(({ releaseId }) => releaseId === release.id),
    ),
  }));
  return releases.length > page.length
    ? { items, nextCursor: toCursor(page.at(-1)?.number) }
    : { items };
}

/** Each Environment once, with the last outcome; Deployments come newest first. */
function entered(
  deployments: readonly Deployment[],
): NonNullable<ListedRelease['environments']> {
  const last = new Map<string, Deployment>();
  for (const deployment of deployments) {
    const { environment } = deployment;
    last.set(environment, last.get(environment) ?? deployment);
  }
  return [...last.values()].map(
    ({ endedAt, environment, outcome, startedAt, verifiedAt }) => ({
      name: environment,
      outcome,
      at: verifiedAt ?? endedAt ?? startedAt,
    }),
  );
}
