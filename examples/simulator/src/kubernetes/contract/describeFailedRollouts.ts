// SPDX-License-Identifier: Apache-2.0
import { condition, ContractDeployment, rolledOut } from './ContractDeployment';
import { at, itemsOf } from './ContractNamespace';
import type { KubernetesApiUnderTest } from './describeKubernetesApi';

/** Rollouts that go wrong on the nodes: an image that is not there, a container that crashes. */
export function describeFailedRollouts(
  server: () => KubernetesApiUnderTest,
): void {
  describe('failed rollouts', () => {
    const shop = new ContractDeployment(server);
    beforeEach(() => shop.setUp());
    afterEach(() => shop.tearDown());

    it('keeps the old Pods when the new image cannot be pulled', async () => {
      await shop.create({ image: 'shop:1', replicas: 2 });
      await shop.until(rolledOut(2, 1));
      await shop.setImage('registry.invalid/shop:2');
      const stuck = await shop.until(
        body =>
          condition(body, 'Progressing').reason === 'ProgressDeadlineExceeded',
      );
      expect(condition(stuck, 'Progressing')).toMatchObject({
        status: 'False',
        message: expect.stringMatching(
          /^ReplicaSet "shop-.*" has timed out progressing\.$/,
        ),
      });
      expect(at(stuck, 'status.availableReplicas')).toBe(2);
      const waiting = (await shop.pods()).map(pod =>
        at(pod, 'status.containerStatuses.0.state.waiting.reason'),
      );
      expect(
        waiting.filter(
          reason => reason === 'ImagePullBackOff' || reason === 'ErrImagePull',
        ),
      ).toHaveLength(1);

      await shop.setImage('shop:1');
      await shop.until(rolledOut(2, 3));
      await shop.untilPods(2);
    }, 60_000);

    it('shows a container that crashes again and again', async () => {
      const command = ['false'];
      await shop.create({ image: 'shop:1', command });
      const list = await shop.space.until(shop.space.path('pods'), body =>
        [body]
          .flatMap(itemsOf)
          .some(
            pod =>
              at(pod, 'status.containerStatuses.0.state.waiting.reason') ===
              'CrashLoopBackOff',
          ),
      );
      const status = at(list, 'items.0.status.containerStatuses.0');
      expect(status).toMatchObject({
        restartCount: expect.any(Number),
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        state: {
          waiting: {
            message: expect.stringContaining('restarting failed container=app'),
          },
        },
      });
      const events = await shop.space.client.ok({
        path: `${shop.space.path('events')}?fieldSelector=reason%3DBackOff`,
      });
      expect(itemsOf(events).length).toBeGreaterThan(0);
    }, 60_000);
  });
}
