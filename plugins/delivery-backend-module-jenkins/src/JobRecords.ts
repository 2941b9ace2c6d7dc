// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import {
  ImageRecord,
  imageRecordSchema,
  ReleaseRecord,
  releaseRecordSchema,
} from 'backstage-plugin-delivery-common';
import {
  JenkinsBuild,
  JenkinsClient,
  JenkinsTestCounts,
} from 'backstage-plugin-jenkins-client';
import { z } from 'zod';
import { RecentlyUsed } from './RecentlyUsed';

/** The file in which the job `chart` archives a Release. */
export const RELEASE_RECORD = 'delivery-release.json';
/** The file in which the job `image` archives what it vouches for. */
export const IMAGE_RECORD = 'delivery-image.json';

/** What a build archived under a name. */
export type ReadRecord<T> =
  | { kind: 'record'; record: T }
  | { kind: 'absent' }
  | { kind: 'unusable'; reason: string };

type Options = { signal?: AbortSignal };

const MAX_RECORD_BYTES = 256 * 1024;
const KEPT = 2000;

/**
 * Reads the records and test counts of finished builds.
 *
 * @remarks
 * A finished build never changes, so each is read once; the start time is part of the key,
 * because a re-created job counts from 1 again.
 */
export class JobRecords {
  readonly #client: JenkinsClient;
  readonly #releases = new RecentlyUsed<ReadRecord<ReleaseRecord>>(KEPT);
  readonly #images = new RecentlyUsed<ReadRecord<ImageRecord>>(KEPT);
  readonly #tests = new RecentlyUsed<{ counts?: JenkinsTestCounts }>(KEPT);

  constructor(client: JenkinsClient) {
    this.#client = client;
  }

  /** The Release that a build made. */
  async release(
    job: string,
    build: JenkinsBuild,
    options: Options,
  ): Promise<ReadRecord<ReleaseRecord>> {
    return this.#once(this.#releases, { job, build }, () =>
      this.#read(releaseRecordSchema, {
        ...options,
        job,
        build,
        path: RELEASE_RECORD,
      }),
    );
  }

  /** What an image build vouches for. */
  async image(
    job: string,
    build: JenkinsBuild,
    options: Options,
  ): Promise<ReadRecord<ImageRecord>> {
    return this.#once(this.#images, { job, build }, () =>
      this.#read(imageRecordSchema, {
        ...options,
        job,
        build,
        path: IMAGE_RECORD,
      }),
    );
  }

  /** Counts of the tests that a build published; undefined means that it published none. */
  async tests(
    job: string,
    build: JenkinsBuild,
    options: Options,
  ): Promise<JenkinsTestCounts | undefined> {
    const read = await this.#once(this.#tests, { job, build }, async () => ({
      counts: await this.#client.findTestCounts(job, build.number, options),
    }));
    return read.counts;
  }

  async #once<T>(
    cache: RecentlyUsed<T>,
    of: { job: string; build: JenkinsBuild },
    read: () => Promise<T>,
  ): Promise<T> {
    const { number, startedAt, building } = of.build;
    return building
      ? read()
      : cache.getOrMake(`${of.job} ${number} ${startedAt.getTime()}`, read);
  }

  async #read<T extends z.ZodType>(
    schema: T,
    from: Options & { job: string; build: JenkinsBuild; path: string },
  ): Promise<ReadRecord<z.output<T>>> {
    const { job, build, path, signal } = from;
    if (!build.artifacts.includes(path)) {
      return { kind: 'absent' };
    }
    let content: Buffer | undefined;
    try {
      content = await this.#client.findArtifact(job, build.number, {
        path,
        maxBytes: MAX_RECORD_BYTES,
        signal,
      });
    } catch (error) {
      // Too large stays too large; everything else is Jenkins' trouble, not the record's.
      if (isError(error) && error.name === 'InputError') {
        return { kind: 'unusable', reason: error.message };
      }
      throw error;
    }
    return content === undefined
      ? { kind: 'absent' }
      : parseRecord(schema, content, path);
  }
}

function parseRecord<T extends z.ZodType>(
  schema: T,
  content: Buffer,
  path: string,
): ReadRecord<z.output<T>> {
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch {
    return { kind: 'unusable', reason: `${path} is not JSON` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) {
    return { kind: 'record', record: parsed.data };
  }
  const [issue] = parsed.error.issues;
  const field = issue.path.map(String).join('.');
  return {
    kind: 'unusable',
    reason: `${path}${field ? `: ${field}` : ''}: ${issue.message}`,
  };
}
