// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterSettings } from './ClusterSettings';

const METHODS = 'kubernetes.clusterLocatorMethods';
const HELM_RELEASES = 'delivery.kubernetes.helmReleases';

/** The clusters that can be watched, and why others cannot. */
export interface ReadClusters {
  clusters: ClusterSettings[];
  /** One sentence for each cluster or locator that is left out. */
  leftOut: string[];
}

/**
 * Reads the clusters that Backstage's Kubernetes plugin is configured with.
 *
 * @remarks
 * Only locators of type `config` and the `serviceAccount` provider can be used: everything is
 * watched in the portal's own name, without a person who could sign in.
 *
 * @throws InputError naming the key of a value that cannot be.
 */
export function readClusters(config: Config): ReadClusters {
  const result: ReadClusters = { clusters: [], leftOut: [] };
  const methods = config.getOptionalConfigArray(METHODS) ?? [];
  methods.forEach((method, index) => {
    const type = method.getString('type');
    if (type !== 'config') {
      result.leftOut.push(
        `Clusters of the locator ${METHODS}[${index}] of type ${type} are not watched: only type config is`,
      );
      return;
    }
    (method.getOptionalConfigArray('clusters') ?? []).forEach((cluster, at) => {
      const key = `${METHODS}[${index}].clusters[${at}]`;
      readCluster(cluster, key, result);
    });
  });
  const names = result.clusters.map(cluster => cluster.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(`Two clusters of ${METHODS} are named ${twice}`);
  }
  const withHelm = config.getOptionalStringArray(HELM_RELEASES) ?? [];
  const stranger = withHelm.find(name => !names.includes(name));
  if (stranger !== undefined) {
    throw new InputError(
      `${HELM_RELEASES} names ${stranger}, which is not among the clusters of ${METHODS} that are watched`,
    );
  }
  return {
    ...result,
    clusters: result.clusters.map(cluster =>
      withHelm.includes(cluster.name)
        ? { ...cluster, helmReleases: true }
        : cluster,
    ),
  };
}

function readCluster(
  cluster: Config,
  key: string,
  { clusters, leftOut }: ReadClusters,
): void {
  const name = cluster.getString('name');
  const provider =
    cluster.getOptionalString('authProvider') ?? 'serviceAccount';
  if (provider !== 'serviceAccount') {
    leftOut.push(
      `Cluster ${name} is not watched: its authProvider is ${provider}, and only serviceAccount works without a person`,
    );
    return;
  }
  const serviceAccountToken = cluster.getOptionalString('serviceAccountToken');
  const tokenFile = cluster.getOptionalString('serviceAccountTokenFile');
  if (serviceAccountToken !== undefined && tokenFile !== undefined) {
    throw new InputError(
      `${key} has both serviceAccountToken and serviceAccountTokenFile; one of them is enough`,
    );
  }
  const ca = readAuthority(cluster, key);
  clusters.push({
    name,
    url: readUrl(cluster.getString('url'), `${key}.url`),
    ...(serviceAccountToken === undefined ? {} : { serviceAccountToken }),
    ...(tokenFile === undefined ? {} : { serviceAccountTokenFile: tokenFile }),
    ...(ca === undefined ? {} : { ca }),
    skipTlsVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
  });
}

function readUrl(text: string, key: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(`${key} must be an http or https address`);
  }
  if (url.username || url.password) {
    throw new InputError(
      `${key} must not hold credentials; use serviceAccountToken`,
    );
  }
  return text.replace(/\/+$/, '');
}

function readAuthority(cluster: Config, key: string): string | undefined {
  const data = cluster.getOptionalString('caData');
  if (data !== undefined) {
    const pem = Buffer.from(data, 'base64').toString('utf8');
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
      throw new InputError(
        `${key}.caData must be a PEM certificate, encoded in base64`,
      );
    }
    return pem;
  }
  const file = cluster.getOptionalString('caFile');
  if (file === undefined) {
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InputError(`${key}.caFile names a file that cannot be read`);
  }
}
