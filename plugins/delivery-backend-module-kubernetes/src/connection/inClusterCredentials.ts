// SPDX-License-Identifier: Apache-2.0
import type { RequestOptions } from 'node:https';
import { ForwardedError } from '@backstage/errors';
import type { ClusterCredentials } from './ClusterCredentials';

/**
 * The credentials of the Pod that the portal itself runs in.
 *
 * @remarks
 * The official client knows where they are and reads the token again when it rotates. It is
 * an ES module only, and not needed with a configured token, so it is loaded here and late.
 *
 * @throws ForwardedError when the portal does not run in a cluster.
 */
export async function inClusterCredentials(): Promise<ClusterCredentials> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromCluster();
    const options: RequestOptions = {};
    await kubeConfig.applyToHTTPSOptions(options);
    const ca = typeof options.ca === 'string' ? options.ca : undefined;
    return { ca: Buffer.isBuffer(options.ca) ? options.ca : ca, token };
  } catch (error) {
    throw new ForwardedError(
      'The cluster has no serviceAccountToken, and the portal does not run in a Pod with a service account of its own',
      error,
    );
  }

  async function token(): Promise<string | undefined> {
    const options: RequestOptions = {};
    await kubeConfig.applyToHTTPSOptions(options);
    const headers: unknown = options.headers;
    const authorization =
      typeof headers === 'object' && headers !== null
        ? Object.entries(headers).find(
            ([name]) => name.toLowerCase() === 'authorization',
          )?.[1]
        : undefined;
    return typeof authorization === 'string'
      ? authorization.replace(/^Bearer /, '')
      : undefined;
  }
}
