// SPDX-License-Identifier: Apache-2.0
import type { Browser } from 'playwright-core';
import {
  DeployPage,
  launchBrowser,
  Portal,
  TestService,
  until,
  Visitor,
} from './harness';

const VENDORS = ['github', 'jenkins', 'spinnaker', 'kubernetes', 'charts'];

describe('a vendor that is down', () => {
  let portal: Portal;
  let browser: Browser;
  let service: TestService;
  let ben: Visitor;
  let tab: DeployPage;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([Portal.start(), launchBrowser()]);
    service = await TestService.create(portal, 'parcels');
    ben = await Visitor.signIn(browser, {
      address: portal.address,
      user: 'ben',
    });
    tab = await DeployPage.open(ben, service.name);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await portal?.dispose();
  });

  afterEach(async () => {
    for (const vendor of VENDORS) {
      await portal.control({ type: 'set-vendor', vendor, condition: 'normal' });
    }
    await service.until('every source to be back', ({ sources }) =>
      sources.every(each => each.state === 'live'),
    );
  });

  it.each([
    ['Jenkins', 'jenkins'],
    ['Spinnaker', 'spinnaker'],
    ['Kubernetes', 'kubernetes'],
  ])(
    'leaves the last known state on the tab and is named with its time: %s',
    async (title, vendor) => {
      const before = await service.environment('dev');
      await portal.control({ type: 'set-vendor', vendor, condition: 'down' });

      const { sources } = await service.until(
        `${vendor} to be seen as down`,
        each =>
          each.sources.some(
            source => source.source === vendor && source.state === 'stale',
          ),
      );
      const source = sources.find(each => each.source === vendor);
      expect(source?.since).toBeDefined();
      expect(source?.reason).toBeTruthy();
      const after = await service.environment('dev');
      expect(after.release).toEqual(before.release);
      expect(after.workloads).toEqual(before.workloads);
      await tab.open();
      await tab.untilTileSays('dev', `Release ${before.release?.number}`);
      await ben.page
        .getByText(new RegExp(`${title}.* unreachable`))
        .first()
        .waitFor();
      await ben.picture(`outage-${vendor}`);
    },
    300_000,
  );

  it.each(['github', 'charts'])(
    'leaves the last known state on the tab: %s',
    async vendor => {
      const before = await service.environment('dev');
      await portal.control({ type: 'set-vendor', vendor, condition: 'down' });
      await tab.open();

      await tab.untilTileSays('dev', `Release ${before.release?.number}`);
      expect((await service.environment('dev')).release).toEqual(
        before.release,
      );
    },
  );

  it('lets a promotion into an environment that cannot be seen wait, with that reason', async () => {
    const promotion = await service.ask('staging');
    await portal.control({
      type: 'set-vendor',
      vendor: 'kubernetes',
      condition: 'down',
    });
    await service.until('the cluster to be stale', ({ environments }) =>
      environments.some(
        each => each.name === 'staging' && each.observation.state === 'stale',
      ),
    );
    await service.approve(promotion, 'anna');

    const { delivery } = portal.as('ben');
    const waiting = await until(
      async () => {
        const detail = await delivery.getPromotion(promotion.id);
        return detail.slots.every(slot => slot.filledBy) ? detail : undefined;
      },
      { what: 'the approval to count' },
    );
    expect(waiting.phase).toBe('waiting');
    expect(
      waiting.decision?.verdicts.some(
        verdict =>
          verdict.status === 'unknown' && /seen|observ/i.test(verdict.reason),
      ),
    ).toBe(true);

    await portal.control({
      type: 'set-vendor',
      vendor: 'kubernetes',
      condition: 'normal',
    });
    expect((await service.untilEnded(promotion)).phase).toBe('succeeded');
  }, 300_000);
});
