// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesObserver } from 'backstage-plugin-delivery-backend-module-kubernetes';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { ADMIN, RealKubernetes } from './__testUtils__/RealKubernetes';
import { grantShippedRole } from './__testUtils__/shippedRole';
import { ApiClient } from './contract/ApiClient';
import { deploymentManifest } from './contract/deploymentManifest';

jest.setTimeout(300_000);

const assets = process.env.KUBEBUILDER_ASSETS;
const WATCHER = { token: 'watcher-of-the-tests', user: 'watcher' };
const PODS = 5_000;
const AT_ONCE = 25;
const KINDS = [
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'events',
];
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

/** Fills a namespace with Pods that nobody plays. */
async function fill(admin: ApiClient, namespace: string): Promise<void> {
  let made = 0;
  const make = async () => {
    while (made < PODS) {
      made += 1;
      await admin.ok({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/pods`,
        body: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: `filling-${made}`, labels: { unplayed: 'true' } },
          spec: { containers: [{ name: 'app', image: 'filling:1' }] },
        },
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
}

if (assets) {
  describe('the watcher and a real Kubernetes API server', () => {
    const stop = new AbortController();
    const observations: Observation[] = [];
    const sources: SourceState[] = [];
    let cluster: RealKubernetes | undefined;

    afterAll(async () => {
      stop.abort();
      await cluster?.stop();
    });

    const until = async (what: string, holds: () => boolean) => {
      const deadline = Date.now() + 60_000;
      while (!holds()) {
        if (Date.now() > deadline) {
          throw new Error(
            `${what} never came: ${JSON.stringify([
              observations.at(-1),
              sources.at(-1),
            ])}`,
          );
        }
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      }
    };
    const isSeen = (digest: string) => () => {
      const last = observations.at(-1);
      return (
        last?.workloads.some(
          ({ images, ready }) =>
            ready === 2 && images.some(image => image.digest === digest),
        ) ?? false
      );
    };

    it('see the truth with the role that is shipped, through 5,000 Pods and a forgotten history', async () => {
      const running = await RealKubernetes.start({
        assets,
        principals: [WATCHER],
      });
      cluster = running;
      const admin = new ApiClient({ url: running.url, token: ADMIN.token });
      await grantShippedRole(admin, 'rbac.yaml', [WATCHER.user]);
      await admin.ok({
        method: 'POST',
        path: '/api/v1/namespaces',
        body: { metadata: { name: 'shop-prod' } },
      });
      await fill(admin, 'shop-prod');
      const path = '/apis/apps/v1/namespaces/shop-prod/deployments';
      const manifest = (digest: string) =>
        deploymentManifest({
          name: 'shop',
          image: `registry.example.test/shop@${digest}`,
          replicas: 2,
        });
      const rollOut = (digest: string) =>
        admin.ok({
          method: 'PATCH',
          path: `${path}/shop`,
          contentType: 'application/merge-patch+json',
          body: { spec: manifest(digest).spec },
        });
      await admin.ok({ method: 'POST', path, body: manifest(digestOf('a')) });

      await KubernetesObserver.create({
        clusters: [
          {
            name: 'real',
            url: running.secureUrl,
            ca: running.ca,
            serviceAccountToken: WATCHER.token,
            skipTlsVerify: false,
          },
        ],
        logger: mockServices.logger.mock({
          child: () => mockServices.logger.mock(),
        }),
      }).observe(
        {
          current: () => [
            {
              service: 'component:default/shop',
              environment: 'prod',
              cluster: 'real',
              namespace: 'shop-prod',
              selector: 'app=shop',
            },
          ],
          onChange: () => {},
        },
        {
          signal: stop.signal,
          onObservation: observation => observations.push(observation),
          onSource: source => sources.push(source),
        },
      );
      await until('the first rollout', isSeen(digestOf('a')));
      await until('a live source', () => sources.at(-1)?.state === 'live');

      await rollOut(digestOf('b'));
      await until('the second rollout', isSeen(digestOf('b')));

      const allowed = KINDS.flatMap(kind => [`list ${kind}`, `watch ${kind}`]);
      const asked = [...running.askedBy(WATCHER.user)];
      expect(asked.filter(one => !allowed.includes(one))).toEqual([]);
      expect(asked).toContain('watch pods');

      // A server that starts refuses for a moment what it has not read the roles of.
      await rollOut(digestOf('c'));
      await running.compact();
      await until('the third rollout', isSeen(digestOf('c')));
      await until(
        'a live source again',
        () => sources.at(-1)?.state === 'live',
      );
      expect(
        observations.every(({ workloads }) => workloads.length === 1),
      ).toBe(true);
    });
  });
} else {
  it('is not there to be watched', () => {
    expect(assets).toBeUndefined();
  });
}
