// SPDX-License-Identifier: Apache-2.0
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Release } from 'backstage-plugin-delivery-common';
import type {
  DeliveryConfig,
  EnvironmentConfig,
} from '../config/DeliveryConfig';
import type { FollowUps } from '../database/changePromotion';
import type { Db } from '../database/Db';
import { listDeployments } from '../database/deployments';
import { findGround } from '../database/findGround';
import { insertPromotion } from '../database/insertPromotion';
import { findRelease } from '../database/releases';
import { findService, type StoredService } from '../database/services';
import { supersedeOlder } from '../database/supersedeOlder';
import type { Seal } from '../domain/chain';
import { firstSubject } from '../domain/firstSubject';
import { newPromotion } from '../domain/newPromotion';
import type { PromotionRecord } from '../domain/PromotionRecord';

/** Makes the Promotions that nobody asks for: automatic ones and rollbacks. */
export class Following implements FollowUps {
  readonly seal: Seal;
  readonly #config: DeliveryConfig;
  readonly #clock: Clock;

  constructor(options: { config: DeliveryConfig; clock: Clock; seal: Seal }) {
    this.seal = options.seal;
    this.#config = options.config;
    this.#clock = options.clock;
  }

  /** A new Release enters the first Environments by itself. */
  async enter(tx: Db, service: StoredService, release: Release): Promise<void> {
    const path = this.#config.paths.get(service.path);
    for (const environment of path?.environments ?? []) {
      if (environment.entry === 'automatic' && environment.after.length === 0) {
        await this.#makeAutomatic(tx, {
          service,
          environment,
          release,
          reason: `New Release ${release.number}: every change enters ${environment.name} by itself`,
        });
      }
    }
  }

  async carryOn(tx: Db, verified: PromotionRecord): Promise<void> {
    const paths = [...this.#config.paths.values()];
    const follows = ({ after, entry }: EnvironmentConfig) =>
      entry === 'automatic' && after.includes(verified.environment);
    if (
      verified.kind === 'rollback' ||
      !paths.some(({ environments }) => environments.some(follows))
    ) {
      return;
    }
    const { release, service } = await findGround(tx, verified);
    const path = service && this.#config.paths.get(service.path);
    if (!service || !release || !path) {
      return;
    }
    for (const environment of path.environments) {
      if (follows(environment)) {
        await this.#makeAutomatic(tx, {
          service,
          environment,
          release,
          reason: `Release ${release.number} was verified in ${verified.environment}`,
        });
      }
    }
  }

  async rollBack(
    tx: Db,
    failed: PromotionRecord,
    because: string,
  ): Promise<number | undefined> {
    const service = await findService(tx, failed.service);
    const environment =
      service &&
      this.#config.paths
        .get(service.path)
        ?.environments.find(one => one.name === failed.environment);
    if (!service || environment?.onFailure !== 'rollback') {
      return undefined;
    }
    const good = await this.#lastGood(tx, failed);
    if (!good) {
      return undefined;
    }
    await insertPromotion(
      tx,
      newPromotion({
        now: this.#clock.now(),
        release: good,
        environment: environment.name,
        kind: 'rollback',
        reason:
          `Release ${failed.releaseNumber} failed in ${failed.environment}: ${because}`.slice(
            0,
            1000,
          ),
        subjectFields: firstSubject({
          entityUid: service.uid,
          environment,
          release: good,
          kind: 'rollback',
        }),
        replaces: failed.releaseNumber,
        expiry: this.#config.timing.expiry,
        after: failed.id,
      }),
      {
        seal: this.seal,
        summary: `Release ${failed.releaseNumber} failed in ${failed.environment}: rolling back to Release ${good.number}`,
      },
    );
    return good.number;
  }

  async #lastGood(
    tx: Db,
    failed: PromotionRecord,
  ): Promise<Release | undefined> {
    const verified = await listDeployments(tx, {
      service: failed.service,
      environment: failed.environment,
      outcome: 'verified',
    });
    for (const { releaseId } of verified) {
      const release = await findRelease(tx, releaseId);
      if (release && release.id !== failed.releaseId && !release.markedBad) {
        return release;
      }
    }
    return undefined;
  }

  async #makeAutomatic(
    tx: Db,
    given: {
      service: StoredService;
      environment: EnvironmentConfig;
      release: Release;
      reason: string;
    },
  ): Promise<void> {
    const promotion = await insertPromotion(
      tx,
      newPromotion({
        now: this.#clock.now(),
        release: given.release,
        environment: given.environment.name,
        kind: 'automatic',
        reason: given.reason,
        subjectFields: firstSubject({
          entityUid: given.service.uid,
          environment: given.environment,
          release: given.release,
          kind: 'automatic',
        }),
        expiry: this.#config.timing.expiry,
      }),
      { seal: this.seal, summary: given.reason },
    );
    await supersedeOlder(tx, promotion, this);
  }
}
