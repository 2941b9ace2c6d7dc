// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepositories } from '../forge/ForgeRepositories';
import type { JenkinsVendor } from '../vendors/jenkinsVendor';
import { listServices } from './locateService';

/** What the simulated Jenkins knows. */
export interface JenkinsState {
  jobs: JobState[];
  /** The base images that the services' Dockerfiles name. */
  baseImages: { image: string; digest: string }[];
}

/** A Jenkins job and its last builds, newest first; without a result one is running. */
export interface JobState {
  name: string;
  builds: BuildState[];
}

/** One Jenkins build. */
export interface BuildState {
  number: number;
  result?: string;
  /** Why it was started. */
  cause: string;
  /** ISO 8601. */
  startedAt: string;
  endedAt?: string;
}

const SHOWN = 10;
const BASE_IMAGE = /^ARG BASE_IMAGE=(\S+)$/m;

/** Reads the jobs, and the base images that can be published anew. */
export async function readJenkins(
  vendor: JenkinsVendor,
  hosts: readonly ForgeRepositories[],
): Promise<JenkinsState> {
  const { jenkins, images } = vendor;
  const names = await baseImages(hosts);
  return {
    jobs: jenkins
      .itemNames()
      .filter(name => name.includes('/'))
      .map(name => ({
        name,
        builds: jenkins.builds(name).slice(0, SHOWN).map(presentBuild),
      })),
    baseImages: names.flatMap(image => {
      const digest = images.find(image)?.digest;
      return digest ? [{ image, digest }] : [];
    }),
  };
}

type Build = ReturnType<JenkinsVendor['jenkins']['builds']>[number];

function presentBuild(build: Build): BuildState {
  const { number, result, causes, startedAt, durationMs } = build;
  return {
    number,
    result,
    cause: causes[0]?.shortDescription ?? 'Started',
    startedAt: new Date(startedAt).toISOString(),
    endedAt:
      result === undefined
        ? undefined
        : new Date(startedAt + (durationMs ?? 0)).toISOString(),
  };
}

async function baseImages(
  hosts: readonly ForgeRepositories[],
): Promise<string[]> {
  const named = await Promise.all(
    listServices(hosts).map(async ({ artifact }) => {
      const { defaultBranch } = artifact.record.value;
      const head = await artifact.git.resolve(defaultBranch);
      const text = head && (await artifact.git.text(head, 'Dockerfile'));
      return BASE_IMAGE.exec(text ?? '')?.[1];
    }),
  );
  return [...new Set(named.filter(image => image !== undefined))].sort();
}
