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

const SEEN_WITHIN_MS = 60_000;

describe('what goes past the promotions', () => {
  let portal: Portal;
  let browser: Browser;
  let service: TestService;
  let tab: DeployPage;
  let ben: Visitor;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([Portal.start(), launchBrowser()]);
    service = await TestService.create(portal, 'parcels');
    await service.promote('staging', ['anna']);
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

  it.each(['staging', 'prod'])(
    'is refused by the claim when somebody starts "Deploy to %s" in Spinnaker',
    async environment => {
      const before = (await portal.world()).spinnaker;
      const id = await startByHand(environment);

      const status = await untilOver(id);
      expect(status).toBe('TERMINAL');
      const after = (await portal.world()).spinnaker;
      expect(after.deploys).toBe(before.deploys);
    },
  );

  it('is shown as changed outside within a minute when the claim was left out', async () => {
    const id = await startByHand('staging', { withoutClaim: true });
    expect(await untilOver(id)).toBe('SUCCEEDED');

    await seenWithinAMinute('staging');
    await ben.picture('deploy-changed-outside');
  });

  it('lets nothing else enter until a person has looked', async () => {
    await portal.control({
      type: 'push-source',
      service: service.name,
      message: 'Weigh parcels',
    });
    await service.untilVerified('dev', 3);
    const promotion = await service.ask('staging');
    await service.approve(promotion, 'anna');
    const { delivery } = portal.as('anna');
    const { phase, decision } = await delivery.getPromotion(promotion.id);
    expect(phase).toBe('waiting');
    expect(decision?.outcome).not.toBe('proceed');

    await look('staging');
    expect((await service.untilEnded(promotion)).phase).toBe('succeeded');
  });

  it('is shown as changed outside within a minute when a later stage was restarted', async () => {
    const [run] = await runs('Deploy to staging');
    const deploy = run.stages.find(stage => stage.type === 'deployManifest');
    await portal.control({
      type: 'restart-stage',
      executionId: run.id,
      stage: deploy?.id,
    });

    await seenWithinAMinute('staging');
    await look('staging');
    const { environments } = await service.until(
      'nothing to be flagged any more',
      ({ environments: all }) =>
        all.every(({ changedOutside }) => !changedOutside),
    );
    expect(environments).toHaveLength(3);
  });

  it('is shown as changed outside within a minute when a digest is applied by hand', async () => {
    const other = await TestService.create(portal, 'letters');
    const page = await DeployPage.open(ben, other.name);
    await portal.control({
      type: 'apply-image',
      service: other.name,
      environment: 'dev',
    });

    await page
      .tile('dev')
      .getByText('Changed outside')
      .waitFor({ timeout: SEEN_WITHIN_MS });
    expect((await other.environment('dev')).changedOutside).toBeDefined();
  });

  async function seenWithinAMinute(environment: string) {
    await tab.open();
    await tab
      .tile(environment)
      .getByText('Changed outside')
      .waitFor({ timeout: SEEN_WITHIN_MS });
  }

  async function look(environment: string) {
    const { changedOutside } = await service.environment(environment);
    await portal.as('anna').delivery.acknowledge(service.ref, environment, {
      id: changedOutside?.id ?? '',
      reason: 'I have looked at it',
    });
  }

  async function startByHand(
    environment: string,
    { withoutClaim = false } = {},
  ): Promise<string> {
    const name = `Deploy to ${environment}`;
    const before = new Set((await runs(name)).map(run => run.id));
    const { items } = await portal
      .as('ben')
      .delivery.listReleases(service.ref, {});
    const [release] = items;
    await portal.control({
      type: 'start-pipeline',
      application: service.name,
      pipeline: name,
      withoutClaim,
      parameters: {
        promotionId: '01JD0000000000000000000000',
        chartVersion: release.chart.version,
        valuesBase64: Buffer.from('{}').toString('base64'),
        valuesDigest: release.values.files[environment],
        fingerprint: release.fingerprint,
      },
    });
    return until(
      async () => (await runs(name)).find(run => !before.has(run.id))?.id,
      { what: 'the execution that was started by hand' },
    );
  }

  async function runs(name: string) {
    const { spinnaker } = await portal.world();
    return spinnaker.executions.filter(
      run => run.application === service.name && run.name === name,
    );
  }

  function untilOver(id: string): Promise<string> {
    return until(
      async () => {
        const { spinnaker } = await portal.world();
        const run = spinnaker.executions.find(each => each.id === id);
        return run && !['RUNNING', 'NOT_STARTED'].includes(run.status)
          ? run.status
          : undefined;
      },
      { what: `execution ${id} to end`, within: 90_000 },
    );
  }
});
