// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import {
  ORDERS,
  releaseRecord,
  startDelivery,
} from '../__testUtils__/startDelivery';
import { VALUES } from '../__testUtils__/releaseRecord';
import { listOutsideChanges } from '../database/outsideChanges';
import { replaceServices } from '../database/services';
import { digestOf } from 'backstage-plugin-delivery-node';

const databases = TestDatabases.create({ ids: DATABASE_IDS });

jest.setTimeout(120_000);

const packageOf = (number: number) => Buffer.from(`chart ${number}`);

describe.each(databases.eachSupportedId())(
  'a chart that travels with the start, on %p',
  id => {
    async function start() {
      const delivery = await startDelivery({ knex: await databases.init(id) });
      const annotations = { 'delivery/chart-hand-over': 'embedded' };
      await replaceServices(
        delivery.knex,
        [{ ...ORDERS, annotations }],
        delivery.clock.now(),
      );
      for (const number of [1, 2]) {
        delivery.builds.packages.set(number, packageOf(number));
      }
      return delivery;
    }

    /** Release 1 in dev, and asked into staging. */
    async function asked() {
      const delivery = await start();
      await delivery.toDev(1, 'a');
      const { id: promotion } = await delivery.ask('ben', 1, 'staging');
      return { delivery, promotion };
    }

    it('is the very package that the build of the Release archived', async () => {
      const { delivery, promotion } = await asked();
      await delivery.approve('anna', promotion);
      await delivery.carryOut(promotion, { digit: 'a', chart: 1 });
      expect(await delivery.get(promotion)).toMatchObject({
        phase: 'succeeded',
      });
      expect(
        delivery.engine.starts.map(({ parameters }) => parameters.chartBase64),
      ).toEqual([1, 1].map(one => packageOf(one).toString('base64')));
    });

    it.each([
      {
        what: 'is gone',
        archived: undefined,
        says: 'The chart of Release 1 cannot be handed over: orders/chart #1 archived no package.',
      },
      {
        what: 'is another one',
        archived: packageOf(2),
        says: 'The chart of Release 1 is not what orders/chart #1 archived: the digests differ. Somebody replaced it, or the job was made anew; promote another Release.',
      },
    ])(
      'is not handed over when the package $what',
      async ({ archived, says }) => {
        const { delivery, promotion } = await asked();
        delivery.builds.packages.delete(1);
        if (archived) {
          delivery.builds.packages.set(1, archived);
        }
        const starts = delivery.engine.starts.length;
        await delivery.approve('anna', promotion);
        expect(await delivery.get(promotion)).toMatchObject({
          phase: 'failed',
          phaseReason: expect.stringContaining(says),
        });
        expect(delivery.engine.starts).toHaveLength(starts);
      },
    );

    it('is waited for while the CI server cannot be asked', async () => {
      const { delivery, promotion } = await asked();
      delivery.builds.down = new Error('connection refused');
      await delivery.approve('anna', promotion);
      expect(await delivery.get(promotion)).toMatchObject({
        phase: 'starting',
      });
      delivery.builds.down = undefined;
      await delivery.pass({ seconds: 30 });
      expect(await delivery.get(promotion)).toMatchObject({ phase: 'running' });
    });

    it.each([
      {
        what: 'another chart',
        received: { chart: digestOf(new Uint8Array(packageOf(2))) },
        says: 'it was given another chart than that of Release 1',
      },
      {
        what: 'no chart',
        received: {},
        says: 'it was not given the chart of Release 1',
      },
      {
        what: 'other values',
        received: {
          chart: digestOf(new Uint8Array(packageOf(1))),
          values: digestOf('replicaCount: 200\n'),
        },
        says: 'it was given other values than Release 1 has for staging',
      },
    ])(
      'is refused at the claim when the execution has $what',
      async ({ received, says }) => {
        const { delivery, promotion } = await asked();
        await delivery.approve('anna', promotion);
        const { execution } = await delivery.get(promotion);
        const executionId = execution?.id ?? '';
        delivery.engine.update(executionId, { received });
        await expect(
          delivery.claims.claim({ executionId, promotionId: promotion }),
        ).resolves.toEqual({
          status: 'REFUSED',
          progress: `The execution is not what was started: ${says}.`,
        });
      },
    );

    it('makes nothing of what was deployed before it travelled', async () => {
      const delivery = await startDelivery({ knex: await databases.init(id) });
      await delivery.toDev(1, 'a');
      await delivery.toStaging(1, 'a');
      const annotations = { 'delivery/chart-hand-over': 'embedded' };
      await replaceServices(
        delivery.knex,
        [{ ...ORDERS, annotations }],
        delivery.clock.now(),
      );
      await delivery.sweep();
      // What would be made by now is not what was made then.
      const { executions } = delivery.engine;
      for (const { ref } of executions) {
        delivery.engine.update(ref.id, {
          integrity: { intact: false, reason: "'inputArtifacts' differ" },
        });
      }
      await delivery.pass({ minutes: 16 });
      await delivery.sweep();
      expect(await listOutsideChanges(delivery.knex, { open: true })).toEqual(
        [],
      );
      // Something of it ran again.
      delivery.engine.update(executions[1].ref.id, {
        endedAt: delivery.clock.now().toISOString(),
      });
      await delivery.sweep();
      expect(
        await listOutsideChanges(delivery.knex, { open: true }),
      ).toMatchObject([{ environment: 'staging' }]);
    });

    it('is not adopted, but told as a change from outside, when the webhook brought another one into dev', async () => {
      const delivery = await start();
      const foreign = delivery.engine.add({
        target: {
          service: ORDERS.entityRef,
          serviceName: ORDERS.name,
          annotations: {},
          environment: {
            name: 'dev',
            account: 'local-dev',
            namespace: 'orders-dev',
            gated: false,
          },
        },
        parameters: { chartVersion: '3.8.1' },
        received: {
          chart: digestOf('evil'),
          values: digestOf(new Uint8Array(VALUES)),
        },
        claim: 'none',
        deployReached: true,
        startedBy: { user: 'anonymous', ours: false },
      });
      await delivery.build(releaseRecord(1, { digit: 'a' }));
      await delivery.sweep();
      const [promotion] = await delivery.list('dev');
      expect(promotion.execution).toBeUndefined();
      expect(
        await listOutsideChanges(delivery.knex, { open: true }),
      ).toMatchObject([
        {
          environment: 'dev',
          reason: `Spinnaker execution ${foreign.ref.id} deployed to dev what is not a Release: it was given another chart than that of Release 1.`,
        },
      ]);
    });
  },
);
