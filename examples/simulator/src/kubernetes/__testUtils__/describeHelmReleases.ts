// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesObserver } from 'backstage-plugin-delivery-backend-module-kubernetes';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { ContractNamespace } from '../contract/ContractNamespace';
import { deploymentManifest } from '../contract/deploymentManifest';
import { helmRecord } from './helmRecord';

const HIDDEN = 'canary-of-the-values';
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** Where an API server under test is, and who may read what there. */
export interface HelmReleasesUnderTest {
  url: string;
  /** A bearer token that may do everything. */
  token: string;
  /** How the observer reaches it, when it is not `url`. */
  secure?: { url: string; ca: string };
  /** Tokens with the shipped roles: with the one for what Helm recorded, and without. */
  readers: { allowed: string; refused: string };
}

/**
 * What reading Helm's records relies on, as a suite that runs against a simulated API server
 * and a real one alike.
 */
export function describeHelmReleases(
  name: string,
  server: () => HelmReleasesUnderTest,
): void {
  describe(name, () => {
    let space: ContractNamespace;
    let stop: AbortController;
    let observations: Observation[];
    let sources: Map<string, SourceState>;
    beforeEach(async () => {
      space = await ContractNamespace.create(server());
      stop = new AbortController();
      observations = [];
      sources = new Map();
      const manifest = deploymentManifest({
        name: 'shop',
        image: `registry.example.test/shop@${DIGEST}`,
      });
      await space.client.ok({
        method: 'POST',
        path: space.path('deployments@apps/v1'),
        body: {
          ...manifest,
          metadata: {
            name: 'shop',
            labels: {
              app: 'shop',
              'app.kubernetes.io/managed-by': 'Helm',
              'app.kubernetes.io/instance': 'shop-of-anna',
            },
          },
        },
      });
      await space.client.ok({
        method: 'POST',
        path: space.path('secrets'),
        body: {
          metadata: { name: 'keys', labels: { owner: 'helm', name: 'keys' } },
          stringData: { release: HIDDEN },
        },
      });
    });
    afterEach(async () => {
      stop.abort();
      await space.remove();
    });

    const record = (revision: number, status: string) =>
      helmRecord({
        name: 'shop-of-anna',
        revision,
        status,
        version: `1.2.${revision}+build`,
        hidden: HIDDEN,
      });
    const keep = (revision: number, status: string) =>
      space.client.ok({
        method: 'POST',
        path: space.path('secrets'),
        body: record(revision, status),
      });
    const say = (revision: number, status: string) =>
      space.client.ok({
        method: 'PATCH',
        path: space.path(
          'secrets',
          `sh.helm.release.v1.shop-of-anna.v${revision}`,
        ),
        contentType: 'application/merge-patch+json',
        body: { metadata: { labels: { status } } },
      });
    const observe = (token: string) => {
      const { secure, url } = server();
      const logger = mockServices.logger.mock();
      logger.child.mockReturnValue(logger);
      return KubernetesObserver.create({
        clusters: [
          {
            name: 'local',
            url,
            ...secure,
            serviceAccountToken: token,
            skipTlsVerify: false,
            helmReleases: true,
          },
        ],
        logger,
      }).observe(
        {
          current: () => [
            {
              service: 'component:default/shop',
              environment: 'prod',
              cluster: 'local',
              namespace: space.name,
              selector: 'app=shop',
            },
          ],
          onChange: () => {},
        },
        {
          onObservation: each => observations.push(each),
          onSource: each => sources.set(each.source, each),
          signal: stop.signal,
        },
      );
    };
    const until = async (holds: () => boolean) => {
      const deadline = Date.now() + 30_000;
      while (!holds()) {
        if (Date.now() > deadline) {
          throw new Error(
            JSON.stringify([observations.at(-1), [...sources.values()]]),
          );
        }
        await delay(20);
      }
    };
    const shown = () => observations.at(-1)?.helmReleases?.[0];

    it('shows the newest revision as it changes, and nothing else of any Secret', async () => {
      await keep(1, 'superseded');
      await keep(2, 'deployed');
      await observe(server().readers.allowed);
      await until(() => shown()?.revision === 2);
      expect(shown()).toEqual({
        name: 'shop-of-anna',
        revision: 2,
        status: 'deployed',
        chart: 'shop-chart',
        version: '1.2.2+build',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      });
      expect(observations.at(-1)?.workloads[0]?.chart).toBe(
        'shop-chart-1.2.2+build',
      );
      await keep(3, 'pending-upgrade');
      await until(() => shown()?.status === 'pending-upgrade');
      await say(3, 'failed');
      await until(() => shown()?.status === 'failed');
      await say(2, 'superseded');
      await keep(4, 'deployed');
      await until(() => shown()?.revision === 4);
      expect(sources.get('helm')?.state).toBe('live');
      expect(JSON.stringify([observations, [...sources]])).not.toContain(
        'canary',
      );
    });

    it('says that it may not where the role for it is not given, and goes on with the rest', async () => {
      await keep(1, 'deployed');
      await observe(server().readers.refused);
      await until(
        () =>
          sources.get('helm')?.state === 'stale' &&
          sources.get('kubernetes')?.state === 'live' &&
          observations.length > 0,
      );
      expect(sources.get('helm')).toMatchObject({
        id: 'local',
        reason: expect.stringMatching(/may not look \(403\).*secrets/),
      });
      expect(observations.at(-1)?.workloads[0]?.name).toBe('shop');
      expect(observations.at(-1)).not.toHaveProperty('helmReleases');
    });
  });
}
