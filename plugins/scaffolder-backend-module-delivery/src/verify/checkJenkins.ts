// SPDX-License-Identifier: Apache-2.0
import {
  releaseRecordSchema,
  type ReleaseRecord,
} from 'backstage-plugin-delivery-common';
import type { JenkinsClient } from 'backstage-plugin-jenkins-client';
import { APPLY_AGAIN, ask, type Check } from './Check';

const RECORD = 'delivery-release.json';
const BUILDS = 20;

/** Looks for the jobs of a service, how they ended last, and the newest Release they made. */
export async function checkJenkins(options: {
  jenkins: JenkinsClient;
  folder: string;
  entityRef: string;
  signal?: AbortSignal;
}): Promise<{ checks: Check[]; release?: ReleaseRecord }> {
  const { jenkins, folder, entityRef, signal } = options;
  const checks: Check[] = [];
  for (const job of ['image', 'chart']) {
    checks.push(
      await checkJob({ jenkins, fullName: `${folder}/${job}`, signal }),
    );
  }
  let release: ReleaseRecord | undefined;
  checks.push(
    await ask('The newest Release', async () => {
      release = await newestRelease({ jenkins, folder, signal });
      if (!release) {
        return {
          state: 'missing',
          detail: `no build of '${folder}/chart' has archived ${RECORD} yet`,
        };
      }
      return release.service === entityRef
        ? {
            state: 'found',
            detail: `Release ${release.number}, chart ${release.chart.version}`,
          }
        : {
            state: 'missing',
            detail: `${RECORD} is of ${release.service}; set SERVICE_ENTITY in the Jenkinsfile of the chart repository to ${entityRef}`,
          };
    }),
  );
  return { checks, release };
}

async function checkJob(options: {
  jenkins: JenkinsClient;
  fullName: string;
  signal?: AbortSignal;
}): Promise<Check> {
  const { jenkins, fullName, signal } = options;
  return ask(`The Jenkins job '${fullName}'`, async () => {
    const builds = await jenkins.listBuilds(fullName, { limit: 1, signal });
    if (!builds) {
      return {
        state: 'missing',
        detail: `does not exist; ${APPLY_AGAIN}`,
      };
    }
    const [last] = builds;
    if (!last) {
      return { state: 'found', detail: 'was never built' };
    }
    const result = last.building ? 'is running' : `ended ${last.result}`;
    return last.result === 'FAILURE' || last.result === 'ABORTED'
      ? {
          state: 'missing',
          detail: `its last build ${result}: ${last.url}`,
        }
      : { state: 'found', detail: `its last build ${result}` };
  });
}

/** The record of the newest build of the job `chart` that archived one. */
async function newestRelease(options: {
  jenkins: JenkinsClient;
  folder: string;
  signal?: AbortSignal;
}): Promise<ReleaseRecord | undefined> {
  const { jenkins, folder, signal } = options;
  const job = `${folder}/chart`;
  const builds = await jenkins.listBuilds(job, { limit: BUILDS, signal });
  const released = builds?.find(
    ({ result, artifacts }) =>
      result === 'SUCCESS' && artifacts.includes(RECORD),
  );
  const content =
    released &&
    (await jenkins.findArtifact(job, released.number, {
      path: RECORD,
      signal,
    }));
  return content && releaseRecordSchema.parse(JSON.parse(content.toString()));
}
