// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  Observation,
  Promotion,
  ReleaseRecord,
} from 'backstage-plugin-delivery-common';
import {
  FakeBuildSource,
  FakeCdEngine,
  FakeClock,
} from 'backstage-plugin-delivery-node/testUtils';
import type { Knex } from 'knex';
import type { People } from '../catalog/People';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import { findPromotion, listPromotions } from '../database/promotions';
import { saveSourceState } from '../database/observations';
import { replaceServices } from '../database/services';
import { Bindings } from '../engine/Bindings';
import type { EngineRoom } from '../engine/EngineRoom';
import { Following } from '../engine/Following';
import { Ingestor } from '../engine/Ingestor';
import { ObservationKeeper } from '../engine/ObservationKeeper';
import { Outbound } from '../engine/Outbound';
import { Reconciler } from '../engine/Reconciler';
import { SourceWatch } from '../engine/SourceWatch';
import { Watchman } from '../engine/Watchman';
import { createSeal } from '../wiring/createSeal';
import { DefaultClaimService } from '../services/DefaultClaimService';
import { DefaultDecisionService } from '../services/DefaultDecisionService';
import { DefaultPromotionService } from '../services/DefaultPromotionService';
import { CONFIG, ORDERS } from './demoConfig';
import { digestLike } from './digestLike';
import { releaseRecord, VALUES } from './releaseRecord';

export { CONFIG, ORDERS, releaseRecord };

const MEMBERS: Record<string, string[]> = {
  owner: ['user:default/anna', 'user:default/ben'],
  'group:default/platform': ['user:default/chidi', 'user:default/lee'],
};

const people: People = {
  async membersOf(from) {
    return MEMBERS[from];
  },
  async authorsOf(commits) {
    return commits.map(commit => `user:default/${commit.author.name}`).sort();
  },
};

/**
 * The engine of delivery on a real database, with everybody else's part played
 * by the fakes of the ports and a clock that a test moves.
 */
export async function startDelivery(options: {
  knex: Knex;
  config?: DeliveryConfig;
  clock?: FakeClock;
  engine?: FakeCdEngine;
}) {
  const { knex } = options;
  const config = options.config ?? CONFIG;
  const clock = options.clock ?? new FakeClock();
  const engine = options.engine ?? new FakeCdEngine({ clock });
  const builds = new FakeBuildSource();
  const logger = mockServices.logger.mock();
  const hints: string[] = [];
  const hint = (service: string) => {
    hints.push(service);
  };
  await knex.migrate.latest({
    directory: resolvePackagePath(
      'backstage-plugin-delivery-backend',
      'migrations',
    ),
  });
  await replaceServices(knex, [ORDERS], clock.now());
  await saveSourceState(knex, {
    source: 'kubernetes',
    id: 'local',
    state: 'live',
    seenAt: clock.now().toISOString(),
  });
  const following = new Following({
    config,
    clock,
    seal: createSeal('test key'),
  });
  const bindings = new Bindings({ engine, clock });
  const decisions = new DefaultDecisionService({
    db: knex,
    clock,
    people,
    bindings,
    outbound: new Outbound({ hosts: [], clock }),
    policies: config.policies,
  });
  const room: EngineRoom = {
    knex,
    clock,
    config,
    engine,
    decisions,
    charts: { read: async () => VALUES },
    sources: [builds],
    followUps: following,
    logger,
    hint,
  };
  const watch = new SourceWatch({ knex, clock, logger });
  const reconciler = new Reconciler(room);
  const ingestor = new Ingestor({
    knex,
    clock,
    sources: [builds],
    following,
    watch,
    logger,
    hint,
  });
  const watchman = new Watchman({
    knex,
    clock,
    config,
    engine,
    bindings,
    watch,
    logger,
    hint,
  });
  const keeper = new ObservationKeeper({
    knex,
    clock,
    logger,
    hint,
    onSourceChange: services => services.forEach(hint),
  });
  const claims = new DefaultClaimService(room);
  const promotions = new DefaultPromotionService({
    room,
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async credentials => {
        const { userEntityRef } = credentials.principal as {
          userEntityRef: string;
        };
        return { userEntityRef, ownershipEntityRefs: [userEntityRef] };
      },
    }),
    wake: () => {},
  });
  const never = new AbortController().signal;

  const delivery = {
    knex,
    clock,
    engine,
    builds,
    config,
    claims,
    promotions,
    decisions,
    reconciler,
    hints,
    room,
    as: (name: string) => ({
      credentials: mockCredentials.user(`user:default/${name}`),
    }),
    /** Lets time pass and everything due be looked at. */
    async pass(by: Parameters<FakeClock['advance']>[0]) {
      clock.advance(by);
      await delivery.settle();
    },
    async settle() {
      await keeper.settled();
      await reconciler.round();
    },
    async sweep() {
      await ingestor.sweep(never);
      await watchman.sweep(never);
      await delivery.settle();
    },
    /** A chart job ended well. */
    async build(record: ReleaseRecord) {
      const before = builds.answers.get(record.service);
      builds.answers.set(record.service, {
        state: 'bound',
        problems: [],
        releases: [
          ...(before?.state === 'bound' ? before.releases : []),
          {
            record,
            evidence: { unitTests: { passed: 12, failed: 0, skipped: 0 } },
          },
        ],
      });
      await delivery.sweep();
    },
    /** Something is seen running. */
    async show(
      where: string,
      what: { digit: string; chart: number; health?: Observation['health'] },
    ) {
      keeper.onObservation({
        service: ORDERS.entityRef,
        environment: where,
        observedAt: clock.now().toISOString(),
        health: what.health ?? 'healthy',
        workloads: [
          {
            kind: 'Deployment',
            name: 'orders',
            ready: what.health === 'unhealthy' ? 1 : 2,
            desired: 2,
            images: [
              {
                name: 'registry.example/orders',
                digest: digestLike(what.digit),
              },
            ],
            chart: `orders-3.8.${what.chart}`,
            health: what.health ?? 'healthy',
            ...(what.health === 'unhealthy'
              ? { message: 'Back-off pulling image' }
              : {}),
          },
        ],
      });
      await delivery.settle();
    },
    async tell(state: 'live' | 'stale') {
      keeper.onSource({
        source: 'kubernetes',
        id: 'local',
        state,
        since: clock.now().toISOString(),
        ...(state === 'stale' ? { reason: 'connection refused' } : {}),
      });
      await delivery.settle();
    },
    async list(where: string) {
      return (await listPromotions(knex, { environment: where })).toReversed();
    },
    async get(id: string) {
      const promotion = await findPromotion(knex, id);
      if (!promotion) {
        throw new Error(`There is no promotion ${id}`);
      }
      return promotion;
    },
    /** Asks as somebody, with the fingerprint that the preview gives. */
    async ask(
      who: string,
      number: number,
      where: string,
      more: {
        kind?: 'rollback';
        key?: string;
        scheduledFor?: string;
      } = {},
    ): Promise<Promotion> {
      const request = {
        service: ORDERS.entityRef,
        environment: where,
        releaseId: `${ORDERS.entityRef}@${number}`,
        kind: more.kind ?? ('forward' as const),
        reason: 'It is time',
        scheduledFor: more.scheduledFor,
      };
      const { subject } = await promotions.preview(request, delivery.as(who));
      return promotions.request(
        {
          ...request,
          subject,
          idempotencyKey: more.key ?? `${who}-${number}-${where}`,
        },
        delivery.as(who),
      );
    },
    async approve(who: string, id: string) {
      const { subject } = await delivery.get(id);
      await promotions.decide(
        id,
        { verdict: 'approve', subject },
        delivery.as(who),
      );
      await delivery.settle();
    },
    /** The running Execution claims and deploys, and the cluster shows it. */
    async carryOut(
      id: string,
      what: { digit: string; chart: number },
    ): Promise<void> {
      const { environment: where, execution } = await delivery.get(id);
      if (!execution) {
        throw new Error(`Promotion ${id} has no execution`);
      }
      await claims.claim({ executionId: execution.id, promotionId: id });
      engine.succeed(execution.id);
      await delivery.pass({ seconds: 3 });
      await delivery.show(where, what);
      await delivery.pass({ seconds: 12 });
    },
    /** A Release goes from its build to verified in dev. */
    async toDev(number: number, digit: string) {
      await delivery.build(releaseRecord(number, { digit }));
      await delivery.pass({ seconds: 30 });
      const promotion = (await delivery.list('dev')).at(-1);
      if (!promotion) {
        throw new Error('Nothing entered dev by itself');
      }
      await delivery.carryOut(promotion.id, { digit, chart: number });
      return promotion;
    },
    /** A Release that is in dev goes on to verified in staging. */
    async toStaging(number: number, digit: string) {
      const promotion = await delivery.ask('ben', number, 'staging');
      await delivery.approve('anna', promotion.id);
      await delivery.carryOut(promotion.id, { digit, chart: number });
      return promotion;
    },
    /** A Release that is in staging goes on to verified in prod. */
    async toProd(number: number, digit: string) {
      await delivery.pass({ minutes: 31 });
      const promotion = await delivery.ask('ben', number, 'prod');
      await delivery.approve('anna', promotion.id);
      await delivery.approve('chidi', promotion.id);
      await delivery.carryOut(promotion.id, { digit, chart: number });
      return promotion;
    },
  };
  return delivery;
}
