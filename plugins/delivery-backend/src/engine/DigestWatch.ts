// SPDX-License-Identifier: Apache-2.0
import { setImmediate as letOthersIn } from 'node:timers/promises';
import {
  LANE_PHASES,
  type Deployment,
  type Observation,
  type Release,
} from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import type { EnvironmentConfig } from '../config/DeliveryConfig';
import { findReleases } from '../database/findReleases';
import { listObservations } from '../database/observations';
import { listPromotions } from '../database/promotions';
import { listReleases } from '../database/releases';
import { listServices, type StoredService } from '../database/services';
import { standingDeployments } from '../database/standingDeployments';
import { runningDigests } from '../domain/runningDigests';
import type { EngineRoom } from './EngineRoom';
import { flagOutsideChange } from './flagOutsideChange';

/** A foreign digest must stay this long in an Environment that people enter. */
const SETTLE_MS = 5_000;

/** So many Services are looked at together, for few queries and short pauses. */
const TOGETHER = 20;

type Room = Pick<EngineRoom, 'knex' | 'clock' | 'config' | 'logger' | 'hint'>;

/** What is stored of one lane. */
type Lane = {
  service: StoredService;
  environment: EnvironmentConfig;
  observation: Observation | undefined;
  /** The newest Deployment and the newest verified one, newest first. */
  deployments: readonly Deployment[];
};

/** Looks for digests that no Promotion brought. */
export class DigestWatch {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** One look at every lane. */
  async sweep(signal: AbortSignal): Promise<void> {
    const services = await listServices(this.#room.knex);
    for (let start = 0; start < services.length; start += TOGETHER) {
      if (signal.aborted) {
        return;
      }
      await this.#look(services.slice(start, start + TOGETHER));
      await letOthersIn();
    }
  }

  async #look(services: readonly StoredService[]): Promise<void> {
    const { config, knex } = this.#room;
    const refs = services.map(({ entityRef }) => entityRef);
    const observations = await listObservations(knex, refs);
    const deployments = await standingDeployments(knex, refs);
    const releases = await findReleases(
      knex,
      deployments.map(({ releaseId }) => releaseId),
    );
    for (const service of services) {
      const environments = config.paths.get(service.path)?.environments ?? [];
      for (const environment of environments) {
        const isHere = (one: { service: string; environment: string }) =>
          one.service === service.entityRef &&
          one.environment === environment.name;
        await this.#lookAt(
          {
            service,
            environment,
            observation: observations.find(isHere),
            deployments: deployments.filter(isHere),
          },
          releases,
        );
      }
    }
  }

  async #lookAt(lane: Lane, known: readonly Release[]): Promise<void> {
    const { deployments, environment, observation } = lane;
    const running = runningDigests(observation);
    const [last] = deployments;
    if (!observation || !last || observation.health === 'unknown') {
      return;
    }
    const rightly = known.filter(release =>
      deployments.some(({ releaseId }) => releaseId === release.id),
    );
    const [foreign] = running.filter(
      digest => !rightly.some(release => carries(release, digest)),
    );
    if (
      foreign === undefined ||
      (await this.#mayBe(lane, observation, running))
    ) {
      return;
    }
    await flagOutsideChange(this.#room, lane, {
      key: `digests:${digestOf(running)}:${last.id}`,
      reason: `${foreign.slice(0, 19)}… runs in ${
        environment.name
      }, and no promotion brought it. The last one brought Release ${
        last.releaseNumber
      }.`,
    });
  }

  /** Whether a digest that is not expected has a reason to be there for now. */
  async #mayBe(
    { environment, service }: Lane,
    observation: Observation,
    running: readonly string[],
  ): Promise<boolean> {
    const { clock, config, knex } = this.#room;
    const isAutomatic = environment.entry === 'automatic';
    const grace = isAutomatic ? config.timing.bypassGrace : SETTLE_MS;
    const age = clock.now().getTime() - Date.parse(observation.observedAt);
    if (age < grace) {
      return true;
    }
    const busy = await listPromotions(knex, {
      service: service.entityRef,
      environment: environment.name,
      phases: LANE_PHASES,
      limit: 1,
    });
    return (
      busy.length > 0 ||
      (isAutomatic && (await this.#isKnown(service, running)))
    );
  }

  /** Whether what runs is a Release that entered by itself and was overtaken. */
  async #isKnown(
    service: StoredService,
    running: readonly string[],
  ): Promise<boolean> {
    const releases = await listReleases(this.#room.knex, {
      service: service.entityRef,
      limit: 200,
    });
    return running.every(digest =>
      releases.some(release => carries(release, digest)),
    );
  }
}

function carries(release: Release, digest: string): boolean {
  return release.images.some(image => image.digest === digest);
}
