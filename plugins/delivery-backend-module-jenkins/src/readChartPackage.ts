// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import type { Release } from 'backstage-plugin-delivery-common';
import type {
  ChartPackage,
  DeliveredService,
} from 'backstage-plugin-delivery-node';
import type { JenkinsClient } from 'backstage-plugin-jenkins-client';
import type { JobRecords } from './JobRecords';

/**
 * Reads the package of a chart that the build of a Release archived.
 *
 * @remarks
 * Only of the Service's own job, and only of a build whose record says that it made this very
 * Release of this very entity. Rejects when Jenkins cannot be asked.
 */
export async function readChartPackage(options: {
  client: JenkinsClient;
  records: JobRecords;
  /** The job `chart` of the Service. */
  job: string;
  service: DeliveredService;
  release: Pick<Release, 'build' | 'chart' | 'number'>;
  maxBytes: number;
  signal?: AbortSignal;
}): Promise<ChartPackage> {
  const { client, maxBytes, records, release, service, signal } = options;
  const missing = (reason: string): ChartPackage => ({
    state: 'missing',
    reason,
  });
  const { job, number } = release.build;
  if (job !== options.job) {
    return missing(`${job} is not the job of ${service.entityRef}`);
  }
  const build = await client.findBuild(job, number, { signal });
  if (!build) {
    return missing(
      `Jenkins does not have the build ${job} #${number} any more`,
    );
  }
  const read = await records.release(job, build, { signal });
  if (
    read.kind !== 'record' ||
    read.record.service !== service.entityRef ||
    read.record.number !== release.number
  ) {
    return missing(
      `the build ${job} #${number} does not say that it made Release ${release.number} of ${service.entityRef}`,
    );
  }
  const { name, version } = release.chart;
  const file = `${name}-${version}.tgz`;
  const path = build.artifacts.find(
    one => one === file || one.endsWith(`/${file}`),
  );
  if (path === undefined) {
    return missing(`the build ${job} #${number} did not archive ${file}`);
  }
  try {
    const bytes = await client.findArtifact(job, number, {
      path,
      maxBytes,
      signal,
    });
    return bytes
      ? { state: 'found', bytes }
      : missing(`the build ${job} #${number} does not have ${file} any more`);
  } catch (error) {
    // Too large stays too large; everything else may pass.
    if (isError(error) && error.name === 'InputError') {
      return missing(
        `${file} of the build ${job} #${number} is larger than ${
          maxBytes / 1024
        } KiB`,
      );
    }
    throw error;
  }
}
