// SPDX-License-Identifier: Apache-2.0
import { findSeen } from '../database/observations';
import { listReleases } from '../database/releases';
import { matchRelease } from '../domain/matchRelease';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { sayDuration } from '../domain/sayDuration';
import type { EngineRoom } from './EngineRoom';
import type { LoadedQuestion } from './loadQuestion';
import type { Step } from './Step';

const LOOK_MS = 2_000;

/**
 * Waits for proof that the Release runs and stays healthy for the verify time.
 *
 * @remarks
 * Only what is seen live counts. While the cluster cannot be seen nothing is
 * proved and nothing has failed.
 */
export async function stepVerifying(
  room: EngineRoom,
  promotion: PromotionRecord,
  asked: LoadedQuestion,
): Promise<Step> {
  const now = room.clock.now();
  const at = now.toISOString();
  if (asked.state === 'gone') {
    return { input: { type: 'unclear', at, reason: asked.reason } };
  }
  const { environment, release } = asked.question;
  const { observation, source } = await findSeen(room.knex, {
    service: promotion.service,
    environment: promotion.environment,
    cluster: environment.cluster,
  });
  if (source?.state !== 'live') {
    return again(
      now,
      `${environment.name} cannot be seen now; it is verified once the cluster answers again.`,
    );
  }
  // Alone it is found out when it runs; the others are asked only when not.
  const running =
    matchRelease({ observation, releases: [release], expected: release.id }) ??
    matchRelease({
      observation,
      releases: await listReleases(room.knex, {
        service: promotion.service,
        limit: 200,
      }),
      expected: release.id,
    });
  if (
    running &&
    running.number > release.number &&
    environment.entry === 'automatic' &&
    promotion.kind !== 'rollback'
  ) {
    return {
      input: {
        type: 'overtaken',
        at,
        reason: `Release ${running.number} came to ${environment.name} before Release ${release.number} was verified.`,
      },
    };
  }
  const there = running?.id === release.id;
  const failing = observation?.workloads.find(
    workload => workload.health === 'unhealthy',
  );
  if (there && observation?.health === 'healthy') {
    const { healthySince } = promotion;
    const end = Date.parse(healthySince ?? at) + environment.verifyFor;
    const nextCheck = new Date(Math.min(end, now.getTime() + LOOK_MS));
    if (!healthySince) {
      return {
        input: { type: 'seen-healthy', at },
        ...(end > now.getTime() ? { nextCheck } : {}),
      };
    }
    return end <= now.getTime()
      ? { input: { type: 'verified', at } }
      : { nextCheck };
  }
  if (there && failing) {
    return {
      input: {
        type: 'verification-failed',
        at,
        message:
          failing.message ??
          `${failing.kind} ${failing.name} is not healthy: ${failing.ready} of ${failing.desired} pods ready.`,
      },
    };
  }
  if (
    now.getTime() - Date.parse(promotion.verifyingSince ?? at) >
    environment.verifyWithin
  ) {
    return {
      input: {
        type: 'verification-failed',
        at,
        message: there
          ? `Release ${
              release.number
            } did not become healthy within ${sayDuration(
              environment.verifyWithin,
            )}.`
          : `The digests of Release ${
              release.number
            } were not seen running within ${sayDuration(
              environment.verifyWithin,
            )}.`,
      },
    };
  }
  if (promotion.healthySince) {
    return { input: { type: 'seen-unhealthy', at } };
  }
  return again(
    now,
    there
      ? 'Waiting until every pod is ready'
      : `Waiting until the digests of Release ${release.number} are seen running`,
  );
}

function again(now: Date, waitsFor?: string): Step {
  return { nextCheck: new Date(now.getTime() + LOOK_MS), waitsFor };
}
