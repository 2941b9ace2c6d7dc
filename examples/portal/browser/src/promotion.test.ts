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

const SERVICE = 'shipping';
const MINUTES_OF_SOAK = 31;

/** From an empty form to production and back again, as the people of the demo. */
describe('a service from its template to production', () => {
  let portal: Portal;
  let browser: Browser;
  let ben: Visitor;
  let anna: Visitor;
  let chidi: Visitor;
  let mina: Visitor;
  let service: TestService;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([Portal.start(), launchBrowser()]);
    const { address } = portal;
    [ben, anna, chidi, mina] = await Promise.all(
      ['ben', 'anna', 'chidi', 'mina'].map(user =>
        Visitor.signIn(browser, { address, user }),
      ),
    );
    service = new TestService(portal, SERVICE);
  });

  afterAll(async () => {
    await browser?.close();
    await portal?.dispose();
  });

  it('is created by its developer, and its first Release is verified in dev by itself', async () => {
    const { page } = ben;
    await service.untilCreatable();
    await ben.goTo('/create');
    await page.getByRole('button', { name: 'Choose' }).first().waitFor();
    await ben.picture('create');
    await ben.goTo('/create/templates/default/service');
    await field(ben, 'Name').fill(SERVICE);
    await field(ben, 'Owner').fill('Team');
    await page.getByRole('option', { name: /Team Orders/i }).click();
    await field(ben, 'Organisation').fill('northwind');
    await field(ben, 'Description').fill('Sends parcels');
    await ben.picture('create-form');
    for (const next of ['Next', 'Next', 'Next', 'Review']) {
      await page.getByRole('button', { name: next }).click();
    }
    await page.getByRole('button', { name: 'Create' }).click();
    await page
      .getByRole('link', { name: 'Deploy tab' })
      .waitFor({ timeout: 120_000 });
    await ben.picture('create-done');

    const world = await portal.world();
    expect(world.services).toContainEqual(
      expect.objectContaining({
        artifactRepository: `northwind/${SERVICE}`,
        chartRepository: `northwind/${SERVICE}-chart`,
      }),
    );
    expect(world.jenkins.jobs.map(job => job.name)).toEqual(
      expect.arrayContaining([`${SERVICE}/image`, `${SERVICE}/chart`]),
    );
    expect(
      world.spinnaker.pipelines
        .filter(pipeline => pipeline.application === SERVICE)
        .map(pipeline => pipeline.name)
        .sort(),
    ).toEqual(['Deploy to dev', 'Deploy to prod', 'Deploy to staging']);

    const tab = await DeployPage.open(ben, SERVICE);
    await tab.untilTileSays('dev', /^Verified/);
    await ben.picture('deploy-first-release');
  });

  it('is promoted to staging once its owner has approved, and says who, when and why', async () => {
    const ofBen = await DeployPage.open(ben, SERVICE);
    const ofAnna = await DeployPage.open(anna, SERVICE);
    await ofBen.promoteButton('staging').click();
    await ben.page.getByRole('dialog').waitFor();
    await ben.picture('promote-review');
    await ben.page.keyboard.press('Escape');
    await ofBen.promote({
      to: 'staging',
      reason: 'The first parcels',
      act: 'Request approval',
    });

    await ben.goTo('/delivery/approvals?view=asked');
    await expect(approvalButton(ben).count()).resolves.toBe(0);

    await anna.goTo('/delivery/approvals');
    const inbox = anna.page.getByRole('article', {
      name: new RegExp(`to staging`),
    });
    await inbox.waitFor();
    await inbox.getByText('The first parcels').waitFor();
    await inbox.getByText('Unit tests').waitFor();
    await anna.picture('approvals');
    await ofAnna.open();
    const staging = ofAnna.tile('staging');
    await staging.getByText(/^Promotion \d+ waits/).waitFor();
    await anna.goTo('/delivery/approvals');
    await inbox.getByRole('button', { name: /^Approve release/ }).click();

    // Ben never reloads: the tab changes by itself.
    await ofBen.open();
    await ofBen.untilTileSays('staging', /^Verified/);
    await ofBen.choosePart('History');
    const history = ben.page.getByRole('list', { name: 'History' });
    await history.getByText(/Anna approved/i).waitFor();
    await history.getByText('“The first parcels”').first().waitFor();
    await ben.picture('history');
  });

  it('may not be promoted by a reader, who is told why', async () => {
    const tab = await DeployPage.open(mina, SERVICE);
    const button = tab.promoteButton('prod');
    await button.waitFor();

    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await tab.explanation(button)).toMatch(
      /You may not promote to prod/,
    );
    await mina.picture('deploy-no-permission');

    const { doors } = await service.read();
    const door = doors.find(each => each.to === 'prod');
    const answer = await portal
      .as('mina')
      .send('POST', '/api/delivery/v1/promotions', {
        headers: { 'Idempotency-Key': 'mina-1' },
        body: {
          service: service.ref,
          environment: 'prod',
          releaseId: door?.candidate?.id,
          subject: door?.subject,
          reason: 'I would like to',
        },
      });
    expect(answer.status).toBe(403);
  });

  it('lets every kind of change into dev while an approval waits', async () => {
    await portal.control({
      type: 'push-source',
      service: SERVICE,
      message: 'Weigh parcels',
    });
    const first = await service.untilVerified('dev', 3);
    const waiting = await service.ask('staging');

    await portal.control({
      type: 'push-source',
      service: SERVICE,
      message: 'Weigh letters',
    });
    const second = await service.untilVerified('dev', first + 1);
    await portal.control({
      type: 'change-value',
      service: SERVICE,
      environment: 'dev',
      key: 'replicas',
      value: 2,
    });
    const third = await service.untilVerified('dev', second + 1);
    await portal.control({
      type: 'publish-base-image',
      image: 'node:22-alpine',
    });
    await portal.control({ type: 'trigger-cron', job: `${SERVICE}/image` });
    await service.untilVerified('dev', third + 1);

    const { items } = await portal
      .as('ben')
      .delivery.listReleases(service.ref, {});
    expect(new Set(items.map(release => release.change.kind))).toEqual(
      new Set(['source', 'configuration', 'base-image']),
    );
    const still = await portal.as('ben').delivery.getPromotion(waiting.id);
    expect(still.phase).toBe('waiting');
    const tab = await DeployPage.open(ben, SERVICE);
    await tab.choosePart('Releases');
    await ben.picture('releases');
  });

  it('enters prod after its soak, approved by owner and platform', async () => {
    const tab = await DeployPage.open(ben, SERVICE);
    const button = tab.promoteButton('prod');
    expect(await tab.explanation(button)).toMatch(/Earliest/);
    await ben.picture('deploy-soak');

    await portal.control({ type: 'move-clock', minutes: MINUTES_OF_SOAK });
    await until(
      async () => (await tab.explanation(button)).includes('Needs 2 approvals'),
      { what: 'the soak to be over' },
    );
    await tab.promote({
      to: 'prod',
      reason: 'Parcels for everybody',
      act: 'Request approval',
    });
    for (const visitor of [anna, chidi]) {
      await visitor.goTo('/delivery/approvals');
      await visitor.page
        .getByRole('article', { name: /to prod/ })
        .getByRole('button', { name: /^Approve release/ })
        .click();
    }
    await tab.untilTileSays('prod', /^Verified/);
    await ben.picture('deploy-prod');
  });

  it('goes back by itself when a Release breaks prod, and says to what', async () => {
    const before = await service.environment('prod');
    await service.promote('staging', ['anna']);
    await portal.control({ type: 'move-clock', minutes: MINUTES_OF_SOAK });
    await portal.control({
      type: 'fail-next-rollout',
      service: SERVICE,
      environment: 'prod',
    });
    const tab = await DeployPage.open(ben, SERVICE);
    const broken = await service.ask('prod');
    await service.approve(broken, 'anna');
    await service.approve(broken, 'chidi');

    await tab.untilTileSays('prod', /failed here/);
    await tab.untilTileSays('prod', /^Verified after roll back/);
    await ben.picture('deploy-failed');
    const after = await service.environment('prod');
    expect(after.release?.number).toBe(before.release?.number);
    expect(after.failure?.rolledBackTo).toBe(before.release?.number);
    expect((await service.untilEnded(broken)).phase).toBe('failed');
  });

  it('reads the same in the dark and in a narrow window', async () => {
    const { address } = portal;
    const dark = await Visitor.signIn(browser, {
      address,
      user: 'ben',
      dark: true,
    });
    await DeployPage.open(dark, SERVICE);
    await dark.picture('deploy-dark');
    const narrow = await Visitor.signIn(browser, {
      address,
      user: 'ben',
      width: 768,
    });
    const tab = await DeployPage.open(narrow, SERVICE);
    await narrow.picture('deploy-narrow');

    await expect(tab.promoteButton('prod').count()).resolves.toBe(1);
    await Promise.all([dark.leave(), narrow.leave()]);
  });

  function field(visitor: Visitor, name: string) {
    return visitor.page.getByRole('textbox', { name: new RegExp(`^${name}`) });
  }

  function approvalButton(visitor: Visitor) {
    return visitor.page
      .getByRole('article', { name: /to staging/ })
      .locator('button:not([aria-disabled="true"])', {
        hasText: /^Approve release/,
      });
  }
});
