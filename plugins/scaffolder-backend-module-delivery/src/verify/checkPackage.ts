// SPDX-License-Identifier: Apache-2.0
import type { ReleaseRecord } from 'backstage-plugin-delivery-common';
import type { JenkinsClient } from 'backstage-plugin-jenkins-client';
import { createHash } from 'node:crypto';
import { ask, type Check } from './Check';

/**
 * Looks whether the build that made a Release still has the package of its chart, for a
 * service whose chart travels with each start.
 */
export async function checkPackage(options: {
  jenkins: JenkinsClient;
  release: ReleaseRecord;
  signal?: AbortSignal;
}): Promise<Check> {
  const { jenkins, release, signal } = options;
  const { chart } = release;
  const { job, number } = release.build;
  const file = `${chart.name}-${chart.version}.tgz`;
  return ask(`The package ${file} of ${job} #${number}`, async () => {
    const build = await jenkins.findBuild(job, number, { signal });
    const path = build?.artifacts.find(
      one => one === file || one.endsWith(`/${file}`),
    );
    const content =
      path && (await jenkins.findArtifact(job, number, { path, signal }));
    if (!content) {
      return {
        state: 'missing',
        detail:
          'Jenkins does not have it, so this Release cannot be promoted; its Jenkinsfile must archive it',
      };
    }
    const digest = createHash('sha256').update(content).digest('hex');
    return `sha256:${digest}` === chart.digest
      ? { state: 'found', detail: 'has the digest of the Release' }
      : {
          state: 'missing',
          detail: 'has other bytes than the Release; somebody replaced it',
        };
  });
}
