// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { condition, ContractDeployment, rolledOut } from './ContractDeployment';
import { at, itemsOf } from './ContractNamespace';
import type { KubernetesApiUnderTest } from './describeKubernetesApi';

const MERGE = 'application/merge-patch+json';
const DIGEST = `sha256:${'a1'.repeat(32)}`;

/** Workloads: a rollout that goes well, some that do not, and what is left after a delete. */
export function describeRollouts(server: () => KubernetesApiUnderTest): void {
  describe('rollouts', () => {
    const shop = new ContractDeployment(server);
    beforeEach(() => shop.setUp());
    afterEach(() => shop.tearDown());

    it('rolls a Deployment out and says what runs', async () => {
      const image = `registry.example.test/shop@${DIGEST}`;
      await shop.create({ image, replicas: 2 });
      const done = await shop.until(rolledOut(2, 1));
      expect(condition(done, 'Available')).toMatchObject({
        status: 'True',
        reason: 'MinimumReplicasAvailable',
      });
      await shop.until(
        body =>
          condition(body, 'Progressing').reason === 'NewReplicaSetAvailable',
      );
      const [pod] = await shop.pods();
      expect(at(pod, 'metadata.ownerReferences.0')).toMatchObject({
        kind: 'ReplicaSet',
        controller: true,
      });
      expect(at(pod, 'status.phase')).toBe('Running');
      expect(at(pod, 'spec.containers.0.image')).toBe(image);
    });

    it('replaces Pods one by one and keeps enough of them serving', async () => {
      await shop.create({ image: 'shop:1', replicas: 3 });
      await shop.until(rolledOut(3, 1));
      await shop.setImage('shop:2');
      let fewest = 3;
      await shop.until(body => {
        fewest = Math.min(
          fewest,
          Number(at(body, 'status.availableReplicas') ?? 0),
        );
        return rolledOut(3, 2)(body);
      });
      expect(fewest).toBe(3);
      const body = await shop.space.client.ok({ path: shop.path });
      expect(at(body, 'metadata.annotations')).toMatchObject({
        'deployment.kubernetes.io/revision': '2',
      });
      const sets = itemsOf(
        await shop.space.client.ok({
          path: shop.space.path('replicasets@apps/v1'),
        }),
      );
      expect(sets.map(set => at(set, 'spec.replicas')).sort()).toEqual([0, 3]);
    });

    it('tells why Pods cannot be made at all', async () => {
      await shop.space.client.ok({
        method: 'POST',
        path: shop.space.path('resourcequotas'),
        body: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'none' },
          spec: { hard: { pods: '0' } },
        },
      });
      await shop.create({ image: 'shop:1' });
      const body = await shop.until(
        each => condition(each, 'ReplicaFailure').status === 'True',
      );
      expect(condition(body, 'ReplicaFailure')).toMatchObject({
        reason: 'FailedCreate',
        message: expect.stringContaining('exceeded quota: none'),
      });
    });

    it('changes nothing while a Deployment is paused', async () => {
      await shop.create({ image: 'shop:1' });
      await shop.until(rolledOut(1, 1));
      const patch = (spec: JsonObject) =>
        shop.space.client.ok({
          method: 'PATCH',
          path: shop.path,
          contentType: MERGE,
          body: { spec },
        });
      await patch({ paused: true });
      await shop.setImage('shop:2');
      const paused = await shop.until(
        body =>
          at(body, 'status.observedGeneration') === 3 &&
          condition(body, 'Progressing').reason === 'DeploymentPaused',
      );
      expect(at(paused, 'status.updatedReplicas') ?? 0).toBe(0);
      await patch({ paused: false });
      await shop.until(rolledOut(1, 4));
    });

    it('runs a Job to its end', async () => {
      await shop.space.client.ok({
        method: 'POST',
        path: shop.space.path('jobs@batch/v1'),
        body: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'once' },
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'app', image: 'once:1' }],
              },
            },
          },
        },
      });
      const job = await shop.space.until(
        shop.space.path('jobs@batch/v1', 'once'),
        body => condition(body, 'Complete').status === 'True',
      );
      expect(at(job, 'status.succeeded')).toBe(1);
    });

    it('takes away with a Deployment all that it made', async () => {
      await shop.create({ image: 'shop:1', replicas: 2 });
      await shop.until(rolledOut(2, 1));
      await shop.space.client.ok({ method: 'DELETE', path: shop.path });
      const isEmpty = (body: JsonObject) => itemsOf(body).length === 0;
      await shop.space.until(shop.space.path('replicasets@apps/v1'), isEmpty);
      await shop.space.until(shop.space.path('pods'), isEmpty);
      await expect(
        shop.space.client.send({ path: shop.path }),
      ).resolves.toMatchObject({ status: 404 });
    });

    it('empties a Namespace before it ends', async () => {
      await shop.create({ image: 'shop:1' });
      await shop.until(rolledOut(1, 1));
      const home = `/api/v1/namespaces/${shop.space.name}`;
      await shop.space.client.ok({ method: 'DELETE', path: home });
      await shop.space.until(home, body => body.code === 404);
      await expect(shop.pods()).resolves.toEqual([]);
    }, 60_000);
  });
}
