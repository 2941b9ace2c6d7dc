// SPDX-License-Identifier: Apache-2.0
import type { Browser } from 'playwright-core';
import {
  DeployPage,
  launchBrowser,
  Portal,
  TestService,
  Visitor,
} from './harness';

const LONG_MS = 300_000;

describe('the first start of the demo', () => {
  let portal: Portal;
  let browser: Browser;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([
      Portal.start({ onboarding: true }),
      launchBrowser(),
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    await portal?.dispose();
  });

  it(
    'goes on where it was when it is stopped in the middle, and ends alive',
    async () => {
      const orders = new TestService(portal, 'orders');
      const payments = new TestService(portal, 'payments');
      const billing = new TestService(portal, 'billing');
      await untilKnown(orders);
      await portal.kill();
      await portal.start();

      await orders.until(
        'orders to be in prod',
        ({ environments }) =>
          environments.some(
            each => each.name === 'prod' && each.deployment?.verifiedAt,
          ),
        LONG_MS,
      );
      await payments.until(
        'payments to wait for approval',
        ({ promotions }) =>
          promotions.some(
            each => each.environment === 'staging' && each.phase === 'waiting',
          ),
        LONG_MS,
      );
      await billing.until(
        'the last rollout of billing to have failed',
        ({ environments }) =>
          environments.some(each => each.name === 'staging' && each.failure),
        LONG_MS,
      );
      const { services } = await portal.world();
      expect(services.map(service => service.name).sort()).toEqual([
        'billing',
        'orders',
        'payments',
      ]);
    },
    2 * LONG_MS,
  );

  it.each([
    ['light', 1440],
    ['light', 768],
    ['dark', 1440],
    ['dark', 768],
  ])(
    'shows its pages (%s, %i pixels wide)',
    async (theme, width) => {
      const visitor = await Visitor.signIn(browser, {
        address: portal.address,
        user: 'anna',
        dark: theme === 'dark',
        width,
      });
      const keep = (name: string) =>
        visitor.picture(`${name}-${theme}-${width}`);
      for (const service of ['orders', 'payments', 'billing']) {
        await DeployPage.open(visitor, service);
        await keep(`demo-${service}`);
      }
      await visitor.goTo('/delivery/approvals');
      await visitor.page.getByRole('article', { name: /payments/i }).waitFor();
      await keep('demo-approvals');
      await visitor.goTo('/');
      await visitor.page.getByText('billing').first().waitFor();
      await keep('demo-catalog');
      await visitor.goTo('/simulator');
      await visitor.page.getByText('Jenkins').first().waitFor();
      expect(visitor.complaints).toEqual([]);
      await keep('demo-simulator');
      await visitor.leave();
    },
    LONG_MS,
  );

  async function untilKnown(service: TestService) {
    await service.until('orders to be known', () => true, LONG_MS);
  }
});
