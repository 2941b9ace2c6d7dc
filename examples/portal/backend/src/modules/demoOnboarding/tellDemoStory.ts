// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import type { DemoPerson } from './DemoPerson';
import { DemoService } from './DemoService';
import type { Diary } from './Diary';
import type { SimulatorRemote } from './SimulatorRemote';
import { until } from './until';

const SOAK_MINUTES = 31;

/** What the story needs. */
export interface DemoStoryOptions {
  diary: Diary;
  logger: LoggerService;
  simulator: SimulatorRemote;
  person: (name: string) => DemoPerson;
  /** The GitHub organisation that owns the repositories. */
  organisation: string;
  /** Where the repositories are made. */
  sourceHost: string;
  signal: AbortSignal;
}

/**
 * Onboards `orders`, `payments` and `billing` and brings them into the states a
 * visitor finds: one in production, one waiting for approval, one whose last
 * rollout failed.
 *
 * @remarks
 * Never throws: what went wrong is logged, and the next start goes on from there.
 */
export async function tellDemoStory(options: DemoStoryOptions): Promise<void> {
  const { logger, signal } = options;
  try {
    if (await options.diary.has('told')) {
      return;
    }
    await tell(options);
  } catch (error) {
    if (!signal.aborted) {
      logger.warn(
        'Setting up the demo services stopped; it goes on at the next start',
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

async function tell(options: DemoStoryOptions): Promise<void> {
  const { diary, logger, simulator, signal } = options;
  const ben = options.person('ben');
  const anna = options.person('anna');
  const chidi = options.person('chidi');
  const service = (name: string, description: string) =>
    new DemoService({ ...options, name, description, developer: ben });
  const orders = service('orders', 'Takes orders');
  const payments = service('payments', 'Takes payments');
  const billing = service('billing', 'Sends bills');

  await until(
    'the Service template',
    () =>
      ben
        .request({
          plugin: 'catalog',
          path: '/entities/by-name/template/default/service',
          schema: z.looseObject({}),
          signal,
        })
        .catch(() => undefined),
    signal,
  );
  await together([
    async () => {
      await orders.scaffold();
      await orders.reachDev();
      await orders.promote('staging', [anna]);
    },
    async () => {
      await payments.scaffold();
      await payments.reachDev();
    },
    async () => {
      await billing.scaffold();
      await billing.reachDev();
      await billing.promote('staging', [anna]);
    },
  ]);
  await diary.once('clock', 'Moving the clock past the soak time', () =>
    simulator.run({ type: 'move-clock', minutes: SOAK_MINUTES }),
  );
  await together([
    async () => {
      await orders.promote('prod', [anna, chidi]);
      await orders.changeSource('Accept orders without an address');
    },
    () => payments.ask('staging'),
    async () => {
      await billing.changeSource('Round the totals of bills');
      await billing.breakNextRollout('staging');
      await billing.promote('staging', [anna], {
        expected: 'failed',
        round: 2,
      });
    },
  ]);
  await diary.once(
    'told',
    'The demo services are ready',
    async () => undefined,
  );
  logger.info('Visit Catalog → orders, payments and billing');
}

/** Tells parts side by side; when one fails the others still reach their end. */
async function together(parts: Array<() => Promise<void>>): Promise<void> {
  const results = await Promise.allSettled(parts.map(part => part()));
  const failed = results.find(result => result.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}
