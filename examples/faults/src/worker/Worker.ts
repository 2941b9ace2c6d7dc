// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  assembleEngine,
  DatabaseClock,
} from 'backstage-plugin-delivery-backend/testUtils';
import { SpinnakerEngine } from 'backstage-plugin-delivery-backend-module-spinnaker';
import type { BuildSource, CdEngine } from 'backstage-plugin-delivery-node';
import createKnex, { type Knex } from 'knex';
import { z } from 'zod';
import {
  chartOf,
  CONFIG,
  configWith,
  ORDERS,
  PEOPLE,
  recordOf,
  valuesOf,
} from '../database/shop';
import { callOverHttp } from './callOverHttp';
import { crashAtCall, crashAtCommit } from './crashAt';
import type { CrashPoint, Order } from './messages';
import { setWrong } from './setWrong';
import { WorkerClock } from './WorkerClock';

const principalSchema = z.object({ userEntityRef: z.string() });

const userInfo: UserInfoService = {
  async getUserInfo({ principal }) {
    const { userEntityRef } = principalSchema.parse(principal);
    return { userEntityRef, ownershipEntityRefs: [userEntityRef] };
  },
};

const say = (level: string) => (message: string, more?: unknown) => {
  if (process.env.FAULTS_DEBUG) {
    process.stderr.write(`${process.pid} ${level} ${message} ${more ?? ''}\n`);
  }
};
const logger: LoggerService = {
  error: say('error'),
  warn: say('warn'),
  info: say('info'),
  debug: () => {},
  child: () => logger,
};

/** Real calls over loopback; a call that hangs is given up after this; milliseconds. */
const CALL_MS = 10_000;

function as(name: string) {
  return {
    credentials: {
      $$type: '@backstage/BackstageCredentials' as const,
      principal: { type: 'user', userEntityRef: `user:default/${name}` },
    },
  };
}

/** The real engine of delivery on the real database, turned by orders. */
export class Worker {
  readonly #clock = new WorkerClock();
  readonly #never = new AbortController().signal;
  #stop = new AbortController();
  #knex: Knex | undefined;
  #parts: ReturnType<typeof assembleEngine> | undefined;
  #builds = 0;
  readonly #awake = new Set<Promise<void>>();

  /** Does what the order says; rejects as the product does. */
  async carryOut(order: Order): Promise<unknown> {
    if (order.kind === 'open') {
      return this.#open(order);
    }
    this.#clock.hear(order.now);
    const parts = this.#parts;
    if (!parts) {
      throw new Error('Open a run first');
    }
    const { claims, ingestor, keeper, promotions, reconciler, watchman } =
      parts;
    switch (order.kind) {
      case 'round':
        order.observations.forEach(one => keeper.onObservation(one));
        await keeper.settled();
        await Promise.all(this.#awake);
        if (order.sweep) {
          await watchman.sweep(this.#never);
        }
        await reconciler.round();
        return undefined;
      case 'contend':
        await Promise.all(
          order.promotionIds.map(id => reconciler.reconcile(id)),
        );
        return undefined;
      case 'built':
        this.#builds = order.release;
        return undefined;
      case 'hint':
        await ingestor.sweep(this.#never);
        await watchman.sweep(this.#never);
        return undefined;
      case 'build':
        this.#builds = order.release;
        await ingestor.sweep(this.#never);
        return undefined;
      case 'ask': {
        const { decision } = await promotions.preview(
          {
            service: ORDERS.entityRef,
            environment: order.environment,
            releaseId: `${ORDERS.entityRef}@${order.release}`,
            kind: 'forward',
            reason: 'Would it go?',
          },
          as('ben'),
        );
        return decision;
      }
      case 'request': {
        const request = {
          service: ORDERS.entityRef,
          environment: order.environment,
          releaseId: `${ORDERS.entityRef}@${order.release}`,
          kind: 'forward' as const,
          reason: 'It is time',
        };
        const seen = await promotions.preview(request, as(order.by));
        const made = await promotions.request(
          { ...request, subject: seen.subject, idempotencyKey: order.key },
          as(order.by),
        );
        return made.id;
      }
      case 'approve':
        return this.#approve(parts, order);
      case 'cancel':
        await promotions.cancel(
          order.promotionId,
          { reason: 'Not now' },
          as(order.by),
        );
        return undefined;
      case 'resolve':
        await promotions.resolve(
          order.promotionId,
          order.executionId
            ? {
                resolution: 'adopt',
                executionId: order.executionId,
                reason: 'It is ours',
              }
            : { resolution: 'none-exists', reason: 'Spinnaker has none' },
          as(order.by),
        );
        return undefined;
      case 'claim':
        return claims.claim(order);
      case 'claim-status':
        return claims.status(order.executionId);
      case 'claim-cancel':
        await claims.withdraw(order.executionId);
        return undefined;
      default:
        throw new Error('There is no such order');
    }
  }

  /** Lets go of the database. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#knex?.destroy();
  }

  async #approve(
    { promotions, room }: ReturnType<typeof assembleEngine>,
    order: Extract<Order, { kind: 'approve' }>,
  ): Promise<string> {
    const row: unknown = await room
      .knex('delivery_promotions')
      .where({ id: order.promotionId })
      .first('body');
    const { body } = z.object({ body: z.string() }).parse(row);
    const { subject } = z
      .object({ subject: z.string() })
      .parse(JSON.parse(body));
    await promotions.decide(
      order.promotionId,
      { verdict: 'approve', subject },
      as(order.by),
    );
    return subject;
  }

  async #open(order: Extract<Order, { kind: 'open' }>): Promise<void> {
    await this.#knex?.destroy();
    this.#clock.restart(order.now);
    const knex = createKnex({
      client: 'pg',
      connection: order.database,
      pool: { min: 0, max: 5 },
    });
    this.#knex = knex;
    if (order.crash && order.crash.kind !== 'call') {
      crashAtCommit(knex, order.crash);
    }
    this.#builds = 0;
    this.#stop.abort();
    this.#stop = new AbortController();
    if (order.wrongBy) {
      setWrong(order.wrongBy);
    }
    const clock = order.wrongBy
      ? await DatabaseClock.start(knex, { logger, signal: this.#stop.signal })
      : this.#clock;
    this.#parts = assembleEngine({
      knex,
      clock,
      config: order.gates ? configWith(order.gates) : CONFIG,
      engine: this.#engine(order.gate, order.crash),
      people: PEOPLE,
      charts: {
        read: async ({ commit }) => valuesOf(Number.parseInt(commit, 16)),
      },
      userInfo,
      logger,
      sources: [this.#source()],
      wake: id => this.#wake(id),
    });
  }

  #engine(baseUrl: string, crash: CrashPoint | undefined): CdEngine {
    const engine = SpinnakerEngine.create({
      settings: {
        baseUrl,
        token: 'portal-token',
        chartAccount: 'charts',
        claims: 'required',
      },
      now: () => this.#clock.now(),
      timeoutMs: CALL_MS,
      // A slow answer takes simulated time, which the answer tells.
      fetch: async (url, init) => {
        const { body, headers, status } = await callOverHttp(url, init);
        this.#clock.hear(Number(headers.get('x-simulated-now') ?? 0));
        return { status, text: async () => body };
      },
    });
    return crash?.kind === 'call' ? crashAtCall(engine, crash) : engine;
  }

  #source(): BuildSource {
    return {
      id: 'jenkins',
      releases: async () => ({
        state: 'bound',
        problems: [],
        releases: Array.from(
          { length: Math.max(0, this.#builds - 2) },
          (_, index) => ({ record: recordOf(index + 3), evidence: {} }),
        ),
      }),
      builds: async () => [],
      chartPackage: async ({ release }) => ({
        state: 'found',
        bytes: chartOf(release.number),
      }),
    };
  }

  /** The product looks at once, without anybody waiting for it. */
  #wake(id: string): void {
    const looking = this.#parts?.reconciler.reconcile(id).catch(() => {});
    if (looking) {
      this.#awake.add(looking);
      looking.finally(() => this.#awake.delete(looking)).catch(() => {});
    }
  }
}
