// SPDX-License-Identifier: Apache-2.0
import { setImmediate as letOthersIn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  LANE_PHASES,
  type Deployment,
  type Release,
} from 'backstage-plugin-delivery-common';
import {
  digestOf,
  type CdEngine,
  type Clock,
  type Execution,
} from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { ulid } from 'ulid';
import type {
  DeliveryConfig,
  EnvironmentConfig,
} from '../config/DeliveryConfig';
import { findAdmittedClaim } from '../database/claims';
import { listDeployments } from '../database/deployments';
import { saveFinding } from '../database/findings';
import { insertNote } from '../database/notes';
import { findObservation } from '../database/observations';
import { insertOutsideChange } from '../database/outsideChanges';
import { findPromotion, listPromotions } from '../database/promotions';
import { findRelease, listReleases } from '../database/releases';
import { listServices, type StoredService } from '../database/services';
import { judgeExecution } from '../domain/judgeExecution';
import { runningDigests } from '../domain/runningDigests';
import type { Bindings } from './Bindings';
import type { SourceWatch } from './SourceWatch';
import { toEngineTarget } from './toEngineTarget';

/** How far back Executions are looked at again. */
const LOOK_BACK_MS = 15 * 60_000;

/** A foreign digest must stay this long in an Environment that people enter. */
const SETTLE_MS = 5_000;

type LaneOf = { service: StoredService; environment: EnvironmentConfig };

/**
 * Looks for what came into an Environment without a Promotion.
 *
 * @remarks
 * Two ways in are watched: Executions that no Promotion started or that did not
 * run as they were made, and digests that no Promotion brought. Each is written
 * down once, and the lane stays shut until a person has looked.
 */
export class Watchman {
  readonly #options: {
    knex: Knex;
    clock: Clock;
    config: DeliveryConfig;
    engine: CdEngine | undefined;
    bindings: Bindings;
    watch: SourceWatch;
    logger: LoggerService;
    hint(service: string): void;
  };

  constructor(options: {
    knex: Knex;
    clock: Clock;
    config: DeliveryConfig;
    engine: CdEngine | undefined;
    bindings: Bindings;
    watch: SourceWatch;
    logger: LoggerService;
    hint(service: string): void;
  }) {
    this.#options = options;
  }

  /** One look at every lane. */
  async sweep(signal: AbortSignal): Promise<void> {
    const lanes = await this.#lanes();
    for (const lane of lanes) {
      await this.#lookAtDigests(lane);
      await letOthersIn();
    }
    const { engine } = this.#options;
    if (engine) {
      await this.#options.watch.during(engine.id, async () => {
        for (const lane of lanes) {
          if (!signal.aborted) {
            await this.#lookAtExecutions(engine, lane, signal);
            await letOthersIn();
          }
        }
      });
    }
  }

  async #lanes(): Promise<LaneOf[]> {
    const services = await listServices(this.#options.knex);
    return services.flatMap(service =>
      (this.#options.config.paths.get(service.path)?.environments ?? []).map(
        environment => ({ service, environment }),
      ),
    );
  }

  async #lookAtExecutions(
    engine: CdEngine,
    { environment, service }: LaneOf,
    signal: AbortSignal,
  ): Promise<void> {
    const { bindings, clock, config, hint, knex } = this.#options;
    const binding = await bindings.of(service, environment, { fresh: true });
    if (binding.state === 'unknown') {
      throw new Error(binding.reason);
    }
    const isNew = await saveFinding(knex, {
      service: service.entityRef,
      subject: `${engine.id}:${environment.name}`,
      state: binding.state === 'bound' ? 'found' : binding.state,
      detail:
        binding.state === 'bound'
          ? 'The pipeline is bound to this service.'
          : binding.reason.slice(0, 400),
      at: clock.now().toISOString(),
    });
    if (isNew) {
      hint(service.entityRef);
    }
    if (binding.state !== 'bound') {
      return;
    }
    const target = toEngineTarget(service, environment);
    const now = clock.now();
    const recent = await engine.find(
      {
        kind: 'recent',
        target,
        since: new Date(now.getTime() - LOOK_BACK_MS),
      },
      { signal },
    );
    const last = await this.#lastExecution(
      engine,
      service,
      environment,
      signal,
    );
    if (!last && recent.length === 0) {
      return;
    }
    const releases = await listReleases(knex, {
      service: service.entityRef,
      limit: 200,
    });
    const chartVersions = new Set(
      releases.map(release => release.chart.version),
    );
    const known = recent.some(one => one.ref.id === last?.ref.id);
    for (const execution of last && !known ? [...recent, last] : recent) {
      const [owner] = await listPromotions(knex, {
        service: service.entityRef,
        environment: environment.name,
        executionId: execution.ref.id,
        limit: 1,
      });
      const claim = owner && (await findAdmittedClaim(knex, owner.id));
      const reason = judgeExecution(execution, {
        now,
        environment,
        ours: owner !== undefined,
        admitted: claim?.executionId === execution.ref.id,
        gated: environment.gated,
        chartVersions,
        grace: config.timing.bypassGrace,
      });
      if (reason) {
        await this.#flag(
          { service, environment },
          {
            key: `execution:${execution.ref.id}${
              execution.integrity.intact ? '' : ':altered'
            }`,
            reason,
            execution: execution.ref.id,
          },
        );
      }
    }
  }

  /** The Execution of the last Deployment, which may have been restarted later. */
  async #lastExecution(
    engine: CdEngine,
    service: StoredService,
    environment: EnvironmentConfig,
    signal: AbortSignal,
  ): Promise<Execution | undefined> {
    const [last] = await listDeployments(this.#options.knex, {
      service: service.entityRef,
      environment: environment.name,
      limit: 1,
    });
    const promotion =
      last && (await findPromotion(this.#options.knex, last.promotionId));
    return promotion?.execution
      ? engine.get(promotion.execution, {
          target: toEngineTarget(service, environment),
          signal,
        })
      : undefined;
  }

  async #lookAtDigests({ environment, service }: LaneOf): Promise<void> {
    const { clock, config, knex } = this.#options;
    const lane = { service: service.entityRef, environment: environment.name };
    const observation = await findObservation(knex, lane);
    const running = runningDigests(observation);
    const deployments = await listDeployments(knex, { ...lane, limit: 20 });
    const [last] = deployments;
    const grace =
      environment.entry === 'automatic' ? config.timing.bypassGrace : SETTLE_MS;
    if (
      !observation ||
      !last ||
      running.length === 0 ||
      observation.health === 'unknown' ||
      clock.now().getTime() - Date.parse(observation.observedAt) < grace
    ) {
      return;
    }
    const expected = await this.#expected(deployments);
    const foreign = running.filter(
      digest => !expected.some(release => carries(release, digest)),
    );
    if (foreign.length === 0) {
      return;
    }
    const busy = await listPromotions(knex, {
      ...lane,
      phases: LANE_PHASES,
      limit: 1,
    });
    if (busy.length > 0) {
      return;
    }
    if (
      environment.entry === 'automatic' &&
      (await this.#isKnown(service, running))
    ) {
      return;
    }
    await this.#flag(
      { service, environment },
      {
        key: `digests:${digestOf(running)}:${last.id}`,
        reason: `${foreign[0].slice(0, 19)}… runs in ${
          environment.name
        }, and no promotion brought it. The last one brought Release ${
          last.releaseNumber
        }.`,
      },
    );
  }

  /** The Releases that may rightly run: the last deployed and the last verified one. */
  async #expected(deployments: readonly Deployment[]): Promise<Release[]> {
    const ids = new Set(
      [
        deployments[0],
        deployments.find(deployment => deployment.outcome === 'verified'),
      ].flatMap(deployment => (deployment ? [deployment.releaseId] : [])),
    );
    const releases = await Promise.all(
      [...ids].map(id => findRelease(this.#options.knex, id)),
    );
    return releases.flatMap(release => (release ? [release] : []));
  }

  /** Whether what runs is a Release that entered by itself and was overtaken. */
  async #isKnown(
    service: StoredService,
    running: readonly string[],
  ): Promise<boolean> {
    const releases = await listReleases(this.#options.knex, {
      service: service.entityRef,
      limit: 200,
    });
    return running.every(digest =>
      releases.some(release => carries(release, digest)),
    );
  }

  async #flag(
    { environment, service }: LaneOf,
    change: { key: string; reason: string; execution?: string },
  ): Promise<void> {
    const { clock, hint, knex, logger } = this.#options;
    const since = clock.now().toISOString();
    const id = ulid(Date.parse(since));
    const flagged = await knex.transaction(async tx => {
      const isNew = await insertOutsideChange(tx, {
        id,
        service: service.entityRef,
        environment: environment.name,
        since,
        key: change.key,
        reason: change.reason.slice(0, 600),
        ...(change.execution ? { execution: change.execution } : {}),
      });
      if (isNew) {
        await insertNote(tx, {
          id,
          service: service.entityRef,
          environment: environment.name,
          kind: 'changed-outside',
          at: since,
          summary: `${environment.name} was changed outside`,
          reason: change.reason.slice(0, 1000),
        });
      }
      return isNew;
    });
    if (flagged) {
      logger.warn(`${service.entityRef}: ${change.reason}`);
      hint(service.entityRef);
    }
  }
}

function carries(release: Release, digest: string): boolean {
  return release.images.some(image => image.digest === digest);
}
