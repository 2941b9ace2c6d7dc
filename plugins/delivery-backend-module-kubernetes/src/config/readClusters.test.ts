// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readClusters } from './readClusters';

const PEM = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';

function read(...clusters: JsonObject[]) {
  return readClusters(
    new ConfigReader({
      kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
    }),
  );
}

describe('readClusters', () => {
  it('reads the clusters of the Kubernetes plugin', () => {
    expect(
      read(
        {
          name: 'one',
          url: 'https://one.example.test/',
          authProvider: 'serviceAccount',
          serviceAccountToken: 'token',
          caData: Buffer.from(PEM).toString('base64'),
        },
        { name: 'two', url: 'http://localhost:8080', skipTLSVerify: true },
      ),
    ).toEqual({
      clusters: [
        {
          name: 'one',
          url: 'https://one.example.test',
          serviceAccountToken: 'token',
          ca: PEM,
          skipTlsVerify: false,
        },
        { name: 'two', url: 'http://localhost:8080', skipTlsVerify: true },
      ],
      leftOut: [],
    });
    expect(readClusters(new ConfigReader({}))).toEqual({
      clusters: [],
      leftOut: [],
    });
  });

  it('says which clusters it cannot watch', () => {
    const { clusters, leftOut } = readClusters(
      new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'gke', projectId: 'x' },
            {
              type: 'config',
              clusters: [
                { name: 'oidc', url: 'https://x.test', authProvider: 'oidc' },
              ],
            },
          ],
        },
      }),
    );
    expect(clusters).toEqual([]);
    expect(leftOut).toEqual([
      expect.stringContaining('clusterLocatorMethods[0] of type gke'),
      expect.stringContaining(
        'Cluster oidc is not watched: its authProvider is oidc',
      ),
    ]);
  });

  it.each([
    [{ name: 'a', url: 'nowhere' }, /clusters\[0\]\.url must be an http/],
    [{ name: 'a', url: 'https://me:pw@x.test' }, /must not hold credentials/],
    [
      { name: 'a', url: 'https://x.test', caData: 'eA==' },
      /caData must be a PEM/,
    ],
    [
      { name: 'a', url: 'https://x.test', caFile: '/no/such/file' },
      /caFile names a file that cannot be read/,
    ],
    [{ url: 'https://x.test' }, /name/],
  ])('refuses %j', (cluster, message) => {
    expect(() => read(cluster)).toThrow(message);
  });

  it('refuses two clusters of one name', () => {
    const cluster = { name: 'a', url: 'https://x.test' };
    expect(() => read(cluster, cluster)).toThrow(/Two clusters .* are named a/);
  });

  it('reads what Helm recorded only in the clusters that are named for it', () => {
    const clusters = [
      { name: 'a', url: 'https://a.test' },
      { name: 'b', url: 'https://b.test' },
    ];
    const readWith = (helmReleases: string[]) =>
      readClusters(
        new ConfigReader({
          delivery: { kubernetes: { helmReleases } },
          kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
        }),
      ).clusters.map(({ helmReleases: reads = false }) => reads);
    expect(readWith(['b'])).toEqual([false, true]);
    expect(() => readWith(['c'])).toThrow(
      'delivery.kubernetes.helmReleases names c, which is not among the clusters',
    );
  });
});
