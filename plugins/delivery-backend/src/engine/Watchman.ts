// SPDX-License-Identifier: Apache-2.0
import { setImmediate as letOthersIn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  chartHandOver,
  type Deployment,
} from 'backstage-plugin-delivery-common';
import {
  type CdEngine,
  type Clock,
  type Execution,
} from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type {
  DeliveryConfig,
  EnvironmentConfig,
} from '../config/DeliveryConfig';
import { chunksOf } from '../database/chunksOf';
import { findAdmittedClaim } from '../database/claims';
import { saveFindings, type StoredFinding } from '../database/findings';
import { listPromotions } from '../database/promotions';
import { listReleases } from '../database/releases';
import { listServices, type StoredService } from '../database/services';
import { standingDeployments } from '../database/standingDeployments';
import { foreignContent } from '../domain/foreignContent';
import { judgeExecution } from '../domain/judgeExecution';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Bindings, KnownBinding } from './Bindings';
import { DigestWatch } from './DigestWatch';
import { flagOutsideChange } from './flagOutsideChange';
import type { SourceWatch } from './SourceWatch';
import { toEngineTarget } from './toEngineTarget';

/** How far back Executions are looked at again. */
const LOOK_BACK_MS = 15 * 60_000;

/** The clocks of the engine and the portal may differ by so much. */
const SKEW_MS = 60_000;

/** The findings of so many Services are stored at once, because each write waits for a disk. */
const TOGETHER = 20;

type LaneOf = { service: StoredService; environment: EnvironmentConfig };

type LastPromotion = { deployment: Deployment; promotion: PromotionRecord };

type BoundLane = LaneOf & {
  binding: Exclude<KnownBinding, { state: 'unknown' }>;
};

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
  readonly #digests: DigestWatch;

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
    this.#digests = new DigestWatch(options);
  }

  /** One look at every lane. */
  async sweep(signal: AbortSignal): Promise<void> {
    await this.#digests.sweep(signal);
    const { engine } = this.#options;
    if (engine) {
      const services = await listServices(this.#options.knex);
      await this.#options.watch.during(engine.id, async () => {
        for (const some of chunksOf(services, TOGETHER)) {
          await this.#lookAtServices(engine, some, signal);
        }
      });
    }
  }

  async #lookAtServices(
    engine: CdEngine,
    services: readonly StoredService[],
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, config, hint, knex } = this.#options;
    const lanes: BoundLane[] = [];
    for (const service of services) {
      const environments = config.paths.get(service.path)?.environments ?? [];
      lanes.push(
        ...(await Promise.all(
          environments.map(environment => this.#bind({ service, environment })),
        )),
      );
      await letOthersIn();
      if (signal.aborted) {
        return;
      }
    }
    const at = clock.now().toISOString();
    const changed = await saveFindings(
      knex,
      lanes.map(lane => ({ ...findingOf(engine, lane), at })),
    );
    changed.forEach(hint);
    const lastOf = await this.#lastPromotions(services);
    for (const { binding, environment, service } of lanes) {
      if (binding.state === 'bound' && !signal.aborted) {
        const { pipelineId } = binding;
        await this.#lookAtExecutions(
          engine,
          {
            service,
            environment,
            pipelineId,
            last: lastOf({ service, environment }),
          },
          signal,
        );
        await letOthersIn();
      }
    }
  }

  /** The last Deployment of each lane of some Services, with the Promotion that brought it. */
  async #lastPromotions(
    services: readonly StoredService[],
  ): Promise<(lane: LaneOf) => LastPromotion | undefined> {
    const { knex } = this.#options;
    const deployments = await standingDeployments(
      knex,
      services.map(({ entityRef }) => entityRef),
    );
    const ids = deployments.map(({ promotionId }) => promotionId);
    const promotions = await listPromotions(knex, { ids, limit: ids.length });
    const byId = new Map(promotions.map(one => [one.id, one]));
    return ({ environment, service }) => {
      const deployment = deployments.find(
        one =>
          one.service === service.entityRef &&
          one.environment === environment.name,
      );
      const promotion = deployment && byId.get(deployment.promotionId);
      return promotion && { deployment, promotion };
    };
  }

  async #bind(lane: LaneOf): Promise<BoundLane> {
    const { environment, service } = lane;
    const binding = await this.#options.bindings.of(service, environment, {
      fresh: true,
    });
    if (binding.state === 'unknown') {
      throw new Error(binding.reason);
    }
    return { ...lane, binding };
  }

  async #lookAtExecutions(
    engine: CdEngine,
    lane: LaneOf & { pipelineId: string; last: LastPromotion | undefined },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, config, knex } = this.#options;
    const { environment, pipelineId, service } = lane;
    const target = toEngineTarget(service, environment);
    const now = clock.now();
    const recent = await engine.find(
      {
        kind: 'recent',
        target,
        since: new Date(now.getTime() - LOOK_BACK_MS),
        pipelineId,
      },
      { signal },
    );
    const last = await lastExecution(engine, lane, signal);
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
      const release = releases.find(
        ({ chart }) => chart.version === execution.parameters.chartVersion,
      );
      const reason = judgeExecution(execution, {
        now,
        environment,
        ours: owner !== undefined,
        admitted: claim?.executionId === execution.ref.id,
        gated: environment.gated,
        chartVersions,
        grace: config.timing.bypassGrace,
        foreign:
          release &&
          foreignContent(execution, {
            release,
            environment: environment.name,
            // One that was given no chart has read it: its integrity says whether it should.
            handOver: execution.received?.chart
              ? chartHandOver(service.annotations)
              : 'registry',
          }),
      });
      if (reason) {
        await flagOutsideChange(
          this.#options,
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
}

/** The Execution of the last Deployment, which may have been restarted later. */
async function lastExecution(
  engine: CdEngine,
  { environment, last, service }: LaneOf & { last: LastPromotion | undefined },
  signal: AbortSignal,
): Promise<Execution | undefined> {
  const execution =
    last?.promotion.execution &&
    (await engine.get(last.promotion.execution, {
      target: toEngineTarget(service, environment),
      signal,
    }));
  const judgedAt = last?.promotion.verifyingSince ?? last?.deployment.endedAt;
  return execution && judgedAt && endedBy(execution, judgedAt)
    ? undefined
    : execution;
}

function findingOf(
  engine: CdEngine,
  { binding, environment, service }: BoundLane,
): Omit<StoredFinding, 'at'> {
  const of = {
    service: service.entityRef,
    subject: `${engine.id}:${environment.name}`,
  };
  return binding.state === 'bound'
    ? {
        ...of,
        state: 'found',
        detail: 'The pipeline is bound to this service.',
      }
    : { ...of, state: binding.state, detail: binding.reason.slice(0, 400) };
}

/**
 * Whether nothing has run of an Execution since it was judged; what would be made by now may
 * be something else than what it was made from.
 */
function endedBy({ endedAt, state }: Execution, judgedAt: string): boolean {
  return (
    state !== 'queued' &&
    state !== 'running' &&
    endedAt !== undefined &&
    Date.parse(endedAt) <= Date.parse(judgedAt) + SKEW_MS
  );
}
