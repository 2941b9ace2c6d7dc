// SPDX-License-Identifier: Apache-2.0
import type { DoraReport, EntityRef } from 'backstage-plugin-delivery-common';
import { findReleases } from '../database/findReleases';
import { listDeploymentsSince } from '../database/listDeploymentsSince';
import { listServices } from '../database/services';
import { daysBefore, doraFigures } from '../domain/doraFigures';
import type { ReadRoom } from './ReadRoom';

/** The four figures of the last days, of the Services that may be seen. */
export async function readDora(
  room: Pick<ReadRoom, 'knex' | 'clock' | 'config'>,
  query: { service?: EntityRef; days: number; only?: ReadonlySet<EntityRef> },
): Promise<DoraReport> {
  const { days, only, service } = query;
  const to = room.clock.now();
  const from = daysBefore(to, days);
  const production = await productionLanes(room);
  const deployments = (
    await listDeploymentsSince(room.knex, { since: from, service })
  ).filter(
    one =>
      production.has(`${one.service} ${one.environment}`) &&
      (!only || only.has(one.service)),
  );
  const releases = new Map(
    (
      await findReleases(
        room.knex,
        deployments.map(({ releaseId }) => releaseId),
      )
    ).map(release => [release.id, release]),
  );
  const names = [...new Set(deployments.map(one => one.service))].sort();
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    all: doraFigures({ deployments, releases, days }),
    services: names.map(name => ({
      service: name,
      figures: doraFigures({
        deployments: deployments.filter(one => one.service === name),
        releases,
        days,
      }),
    })),
  };
}

async function productionLanes({
  config,
  knex,
}: Pick<ReadRoom, 'knex' | 'config'>): Promise<Set<string>> {
  const services = await listServices(knex);
  return new Set(
    services.flatMap(({ entityRef, path }) =>
      (config.paths.get(path)?.environments ?? [])
        .filter(({ tier }) => tier === 'production')
        .map(({ name }) => `${entityRef} ${name}`),
    ),
  );
}
