// SPDX-License-Identifier: Apache-2.0
import { chartHandOver } from 'backstage-plugin-delivery-common';
import type { Execution } from 'backstage-plugin-delivery-node';
import { findObservation } from '../database/observations';
import { listPromotions } from '../database/promotions';
import { listReleases } from '../database/releases';
import { foreignContent } from '../domain/foreignContent';
import { matchRelease } from '../domain/matchRelease';
import type { DecisionQuestion } from '../services/DecisionService';
import type { EngineRoom } from './EngineRoom';
import { toEngineTarget } from './toEngineTarget';

/** The clocks of Gate and CI may differ by so much. */
const SKEW_MS = 600_000;

/**
 * What the chart job's webhook brought about: the Execution of this Release, or
 * the number of a newer one that came by itself meanwhile.
 */
export async function lookForWebhook(
  room: EngineRoom,
  question: DecisionQuestion,
): Promise<{ own?: Execution; newer?: number }> {
  const recent = await recentOf(room, question);
  const own = await startedByWebhook(room, question, recent);
  return own ? { own } : { newer: await overtakenBy(room, question, recent) };
}

/** What was executed in the Environment since the Release was built. */
async function recentOf(
  room: EngineRoom,
  { environment, release, service }: DecisionQuestion,
): Promise<Execution[]> {
  const recent = await room.engine?.find(
    {
      kind: 'recent',
      target: toEngineTarget(service, environment),
      since: new Date(Date.parse(release.builtAt) - SKEW_MS),
    },
    { signal: AbortSignal.timeout(30_000) },
  );
  return recent ?? [];
}

/**
 * The number of a newer Release that came by itself meanwhile: an older one that
 * nobody asked for never goes over it.
 */
async function overtakenBy(
  room: EngineRoom,
  { environment, release, service }: DecisionQuestion,
  recent: readonly Execution[],
): Promise<number | undefined> {
  if (environment.entry !== 'automatic') {
    return undefined;
  }
  const releases = await listReleases(room.knex, {
    service: service.entityRef,
    limit: 200,
  });
  const running = matchRelease({
    observation: await findObservation(room.knex, {
      service: service.entityRef,
      environment: environment.name,
    }),
    releases,
  });
  const came = recent
    .filter(
      ({ deployReached, state }) =>
        deployReached || state === 'queued' || state === 'running',
    )
    .flatMap(
      ({ parameters }) =>
        releases.find(
          ({ chart }) => chart.version === parameters.chartVersion,
        ) ?? [],
    );
  return [...came, ...(running ? [running] : [])]
    .map(({ number }) => number)
    .find(number => number > release.number);
}

/** The Execution that the chart job's webhook started for this Release. */
async function startedByWebhook(
  room: EngineRoom,
  { environment, release, service }: DecisionQuestion,
  recent: readonly Execution[],
): Promise<Execution | undefined> {
  const own = recent.filter(
    execution => execution.parameters.chartVersion === release.chart.version,
  );
  for (const execution of own) {
    const owners = await listPromotions(room.knex, {
      service: service.entityRef,
      environment: environment.name,
      executionId: execution.ref.id,
      limit: 1,
    });
    if (
      owners.length === 0 &&
      execution.integrity.intact &&
      !foreignContent(execution, {
        release,
        environment: environment.name,
        handOver: chartHandOver(service.annotations),
      })
    ) {
      return execution;
    }
  }
  return undefined;
}
