// SPDX-License-Identifier: Apache-2.0
import type { Promotion } from 'backstage-plugin-delivery-common';
import { Portal, TestService, until } from './harness';

const QUARANTINE_MINUTES = 4;

/** Counted at the simulated Spinnaker, which lives on when the portal is killed. */
describe('a portal that is killed in the middle of a promotion', () => {
  let portal: Portal;
  let service: TestService;
  let inDev: number;

  beforeAll(async () => {
    portal = await Portal.start({ vendorsApart: true });
    service = new TestService(portal, 'parcels');
    await service.scaffold();
    inDev = await service.untilVerified('dev');
  }, 240_000);

  afterAll(async () => {
    await portal?.dispose();
  });

  it.each([
    {
      moment: 'the intent is stored',
      fault: 'error-before-accepting',
      reached: async (promotion: Promotion) =>
        (await phaseOf(promotion)) === 'starting',
    },
    {
      moment: 'Spinnaker has accepted and the answer was lost',
      fault: 'lose-response',
      reached: async (_: Promotion, runsBefore: number) =>
        (await stagingRuns()) > runsBefore,
    },
    {
      moment: 'it runs',
      fault: 'none',
      reached: async (promotion: Promotion) =>
        (await phaseOf(promotion)) === 'running',
    },
    {
      moment: 'it is being verified',
      fault: 'none',
      reached: async (promotion: Promotion) =>
        (await phaseOf(promotion)) === 'verifying',
    },
  ])(
    'ends it with exactly one deploy when $moment',
    async ({ fault, reached }) => {
      const runsBefore = await stagingRuns();
      const deploysBefore = (await portal.world()).spinnaker.deploys;
      const promotion = await service.ask('staging');
      await portal.control({ type: 'set-gate-fault', fault });
      await service.approve(promotion, 'anna');
      await until(() => reached(promotion, runsBefore), {
        what: 'the moment to kill',
      });

      await portal.kill();
      await portal.control({ type: 'set-gate-fault', fault: 'none' });
      await portal.start();
      if (fault === 'error-before-accepting') {
        await portal.control({
          type: 'move-clock',
          minutes: QUARANTINE_MINUTES,
        });
      }

      const { phase, phaseReason } = await service.untilEnded(promotion);
      expect({ phase, phaseReason }).toMatchObject({ phase: 'succeeded' });
      expect(await stagingRuns()).toBe(runsBefore + 1);
      const { spinnaker } = await portal.world();
      expect(spinnaker.deploys).toBe(deploysBefore + 1);

      await portal.control({
        type: 'push-source',
        service: service.name,
        message: 'One more change',
      });
      inDev = await service.untilVerified('dev', inDev + 1);
    },
    300_000,
  );

  async function phaseOf({ id }: Promotion) {
    return (await portal.as('ben').delivery.getPromotion(id)).phase;
  }

  async function stagingRuns() {
    const { spinnaker } = await portal.world();
    return spinnaker.executions.filter(
      execution =>
        execution.application === service.name &&
        execution.name === 'Deploy to staging',
    ).length;
  }
});
