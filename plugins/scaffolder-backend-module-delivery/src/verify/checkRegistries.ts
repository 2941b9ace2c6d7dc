// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import type { ReleaseRecord } from 'backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';
import { ask, type Check } from './Check';
import { isReadingAllowed } from './isReadingAllowed';

const TIMEOUT_MS = 15_000;
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Looks for the package and the images of a Release where its record says that they are.
 *
 * @remarks
 * A record is written by a build, so only hosts are asked that `backend.reading.allow` names.
 */
export async function checkRegistries(options: {
  config: Config;
  release: ReleaseRecord;
  signal?: AbortSignal;
}): Promise<Check[]> {
  const { config, release, signal } = options;
  const { chart } = release;
  const get = async (url: string, accept: string) => {
    if (!isReadingAllowed(config, url)) {
      return undefined;
    }
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(url, {
      headers: { accept },
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  };
  const checks: Check[] = [];
  if (/^https?:/.test(chart.repository)) {
    checks.push(
      await ask(`The package ${chart.name} ${chart.version}`, async () => {
        const url = `${chart.repository.replace(/\/+$/, '')}/charts/${
          chart.name
        }-${encodeURIComponent(chart.version)}.tgz`;
        const answer = await get(url, '*/*');
        if (!answer?.ok) {
          return notThere(url, answer);
        }
        const content = Buffer.from(await answer.arrayBuffer());
        const digest = createHash('sha256').update(content).digest('hex');
        return `sha256:${digest}` === chart.digest
          ? { state: 'found', detail: 'has the digest of the Release' }
          : {
              state: 'missing',
              detail: 'has other bytes than the Release; somebody replaced it',
            };
      }),
    );
  }
  for (const image of release.images) {
    checks.push(
      await ask(`The image ${image.name}:${image.tag}`, async () => {
        const [host, ...path] = image.name.split('/');
        const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(host)
          ? 'http'
          : 'https';
        const url = `${scheme}://${host}/v2/${path.join('/')}/manifests/${
          image.digest
        }`;
        const answer = await get(url, MANIFESTS);
        return answer?.ok
          ? { state: 'found', detail: `is there as ${image.digest}` }
          : notThere(url, answer);
      }),
    );
  }
  return checks;
}

function notThere(
  url: string,
  answer: Response | undefined,
): Omit<Check, 'what'> {
  const { host } = new URL(url);
  if (answer === undefined) {
    return {
      state: 'unknown',
      detail: `${host} was not asked, because backend.reading.allow does not name it`,
    };
  }
  return answer.status === 404
    ? { state: 'missing', detail: `${host} does not have it` }
    : { state: 'unknown', detail: `${host} answered ${answer.status}` };
}
