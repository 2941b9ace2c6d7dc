// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import deliveryPlugin from 'backstage-plugin-delivery-backend';
import deliveryModuleJenkins from 'backstage-plugin-delivery-backend-module-jenkins';
import deliveryModuleKubernetes from 'backstage-plugin-delivery-backend-module-kubernetes';
import deliveryModuleSpinnaker from 'backstage-plugin-delivery-backend-module-spinnaker';
import { DeliveryClient, isFinal } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { SECRET } from './__testUtils__/sourceHostSettings';
import { usePortal } from './__testUtils__/usePortal';
import { until } from './testing/until';

jest.setTimeout(300_000);

const ORDERS = 'component:default/orders';
const URL_TRIED = 'http://orders';
const podsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ uid: z.string() }),
      spec: z.looseObject({}),
      status: z.looseObject({}),
    }),
  ),
});
const IMAGE = `registry.test/tools/curl@sha256:${'c0'.repeat(32)}`;

/** The whole portal and the simulated vendors, with a Job that tries out what is in staging. */
describe('what is tried out after its rollout', () => {
  const portal = usePortal({
    delivers: {
      features: [
        deliveryPlugin,
        deliveryModuleJenkins,
        deliveryModuleKubernetes,
        deliveryModuleSpinnaker,
      ],
      staging: { onFailure: 'rollback' },
      spinnaker: {
        testJob: {
          environments: ['staging'],
          image: IMAGE,
          command: ['curl', '--fail', 'http://{service}'],
        },
      },
    },
  });
  const ben = { token: mockCredentials.user.token('user:default/ben') };
  const api = () =>
    new DeliveryClient({
      discoveryApi: { getBaseUrl: async () => `${portal().url}/api/delivery` },
    });

  /** Every Promotion into an Environment, the first one first. */
  async function promotionsInto(environment: string) {
    const asked = { service: ORDERS, environment };
    const { items } = await api().listPromotions(asked, ben);
    return items.toReversed();
  }

  /** Waits until so many Promotions into an Environment have ended. */
  async function ended(environment: string, count: number) {
    return until(async () => {
      const all = await promotionsInto(environment);
      return (
        all.length >= count && all.every(({ phase }) => isFinal(phase)) && all
      );
    });
  }

  /** Brings the Release that was verified in dev last to staging. */
  async function promote() {
    const verified = (await promotionsInto('dev')).at(-1);
    const releaseId = verified?.releaseId ?? '';
    const subject = await until(async () => {
      const { doors } = await api().getService(ORDERS, ben);
      const door = doors.find(({ to }) => to === 'staging');
      return door?.candidate?.id === releaseId && door.subject;
    });
    await api().createPromotion(
      {
        ...{ service: ORDERS, environment: 'staging', releaseId, subject },
        reason: 'It is time',
        idempotencyKey: `release-${verified?.releaseNumber}`,
      },
      ben,
    );
  }

  /** How the steps of each Spinnaker execution into staging ended, the first one first. */
  async function staged() {
    const { spinnaker } = await portal().simulator.control.state();
    return spinnaker.executions
      .filter(({ name }) => name === 'Deploy to staging')
      .map(({ stages }) => stages.map(({ status }) => status).join(' '));
  }

  /** The Pods of the Job in staging. */
  async function tests() {
    const response = await fetch(
      `${
        portal().simulator.urls.kubernetes
      }/api/v1/namespaces/orders-staging/pods?labelSelector=job-name%3Dorders-test`,
      { headers: { authorization: `Bearer ${SECRET}` } },
    );
    return podsSchema.parse(await response.json()).items;
  }

  it('is verified when its test succeeds', async () => {
    const { status, log } = await portal().run('service', {
      name: 'orders',
      owner: 'group:default/team-orders',
      sourceHost: new URL(portal().simulator.urls.github ?? '').host,
      organisation: 'northwind',
    });
    expect(`${status}\n${log}`).toMatch(/^completed\n/);
    expect(await ended('dev', 1)).toMatchObject([{ phase: 'succeeded' }]);
    await promote();
    expect(await ended('staging', 1)).toMatchObject([
      { kind: 'forward', phase: 'succeeded' },
    ]);
    expect(await staged()).toEqual(['SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED']);
    const [test, ...others] = await tests();
    expect(others).toEqual([]);
    expect(test).toMatchObject({
      spec: {
        containers: [{ image: IMAGE, command: ['curl', '--fail', URL_TRIED] }],
      },
      status: { phase: 'Succeeded' },
    });
  });

  it('is taken back when its test fails, and that is tried out, too', async () => {
    const { control } = portal().simulator;
    const [before] = await tests();
    const [first] = await ended('staging', 1);
    await control.run({ type: 'push-source', service: 'orders' });
    await ended('dev', 2);
    await control.run({
      type: 'fail-next-test',
      service: 'orders',
      environment: 'staging',
    });
    await promote();
    const [, failed, back] = await ended('staging', 3);
    const words =
      "Job: 'orders-test' failed. Reason: BackoffLimitExceeded. Details: Job has reached the specified backoff limit.";
    expect(failed).toMatchObject({ phase: 'failed', phaseReason: words });
    expect(back).toMatchObject({
      kind: 'rollback',
      releaseId: first.releaseId,
      reason: `Release ${failed.releaseNumber} failed in staging: ${words}`,
      phase: 'succeeded',
    });
    expect(await staged()).toEqual([
      'SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED',
      'SUCCEEDED SUCCEEDED SUCCEEDED TERMINAL',
      'SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED',
    ]);
    // The Job of an earlier run is replaced, never taken for this one.
    const [after, ...others] = await tests();
    expect(others).toEqual([]);
    expect(after.status).toMatchObject({ phase: 'Succeeded' });
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
  });
});
