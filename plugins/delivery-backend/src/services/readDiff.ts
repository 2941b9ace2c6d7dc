// SPDX-License-Identifier: Apache-2.0
import { NotFoundError, isError } from '@backstage/errors';
import {
  summarizeRelease,
  type EntityRef,
  type Release,
  type ReleaseDiff,
} from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import { findRelease } from '../database/releases';
import { diffValues } from '../view/diffValues';
import { shipsOf } from '../view/planDoors';
import { runningRelease } from '../view/runningRelease';
import { laneFacts } from '../view/ServiceFacts';
import { requireService } from './loadService';
import { loadServiceFacts } from './loadServiceFacts';
import type { ReadRoom } from './ReadRoom';

const READ_MS = 10_000;

/** What changes when one Release replaces another in one Environment. */
export async function readDiff(
  room: ReadRoom,
  entityRef: EntityRef,
  query: { environment: string; to: string; from?: string },
): Promise<ReleaseDiff> {
  const { path, service } = await requireService(room, entityRef);
  const environment = path.environments.find(
    ({ name }) => name === query.environment,
  );
  if (!environment) {
    throw new NotFoundError(
      `${entityRef} has no environment "${query.environment}"`,
    );
  }
  const to = await releaseOf(room, entityRef, query.to);
  const facts = await loadServiceFacts(room, { path, service });
  const from = query.from
    ? await releaseOf(room, entityRef, query.from)
    : runningRelease(laneFacts(facts, environment), facts.releases);
  const [older, newer] = [from?.number ?? 0, to.number].sort((a, b) => a - b);
  return {
    environment: environment.name,
    ...(from ? { from: summarizeRelease(from) } : {}),
    to: summarizeRelease(to),
    commits: shipsOf(facts.releases, { after: older, upTo: newer }).commits,
    values: await readValues(room, {
      service: entityRef,
      file: `values-${environment.name}.yaml`,
      environment: environment.name,
      from,
      to,
    }),
  };
}

async function releaseOf(
  room: ReadRoom,
  service: EntityRef,
  id: string,
): Promise<Release> {
  const release = await findRelease(room.knex, id);
  if (!release || release.service !== service) {
    throw new NotFoundError(`${service} has no release "${id}"`);
  }
  return release;
}

async function readValues(
  room: ReadRoom,
  options: {
    service: EntityRef;
    file: string;
    environment: string;
    from: Release | undefined;
    to: Release;
  },
): Promise<ReleaseDiff['values']> {
  const { environment, file, from, service, to } = options;
  try {
    const [before, after] = await Promise.all(
      [from, to].map(release =>
        release ? readOne(room, { service, file, environment, release }) : '',
      ),
    );
    return diffValues(file, before, after);
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    room.logger.debug(`The values of ${service} cannot be compared`, error);
    return { state: 'unknown', reason: `${error.message}.`.slice(0, 500) };
  }
}

/**
 * One values file, as the Release was built from it.
 *
 * @throws Error when the file is not what the Release says: then somebody
 * changed the repository's history, or the build read another one.
 */
async function readOne(
  room: ReadRoom,
  options: {
    service: EntityRef;
    file: string;
    environment: string;
    release: Release;
  },
): Promise<string> {
  const { environment, file, release, service } = options;
  const expected = release.values.files[environment];
  if (!expected) {
    throw new NotFoundError(`Release ${release.number} has no ${file}`);
  }
  const bytes = await room.charts.read({
    service: { entityRef: service },
    file,
    commit: release.values.commit,
    signal: AbortSignal.timeout(READ_MS),
  });
  if (digestOf(bytes) !== expected) {
    throw new Error(
      `${file} at ${release.values.commit.slice(
        0,
        7,
      )} is not the file that Release ${release.number} was built with`,
    );
  }
  return bytes.toString('utf8');
}
