// SPDX-License-Identifier: Apache-2.0
import type {
  BuildSummary,
  Evidence,
  Release,
  ReleaseRecord,
} from 'backstage-plugin-delivery-common';
import type {
  BuildSource,
  CallOptions,
  ChartPackage,
  DeliveredService,
  SourceProblem,
  SourceRelease,
  SourceReleases,
} from 'backstage-plugin-delivery-node';
import { JenkinsBuild, JenkinsClient } from 'backstage-plugin-jenkins-client';
import { findFolder } from './findFolder';
import { JobRecords, ReadRecord, RELEASE_RECORD } from './JobRecords';
import { readChartPackage } from './readChartPackage';
import { addUpEvidence, findMismatch, Voucher } from './readEvidence';
import type { JenkinsInstanceConfig } from './readJenkinsConfig';
import { summarizeBuild } from './summarizeBuild';

/** One controller, and what was read of it. */
type Controller = { client: JenkinsClient; records: JobRecords };

/** A Service's jobs on a controller. */
type Jobs = Controller & { folder: string; chart: string; image: string };

/** The finished builds of the job `chart` that made something, newest first. */
type Made = { build: JenkinsBuild; read: ReadRecord<ReleaseRecord> };

type Bound = {
  kind: 'bound';
  jobs: Jobs;
  builds: JenkinsBuild[];
  made: Made[];
};
type Unbound = { kind: 'missing' | 'refused'; reason: string };

/** How many builds of a job are looked at, at most. */
const LOOK_BACK = 50;

/**
 * Reads Releases and builds from the Jenkins folder that an entity's annotation names.
 *
 * @remarks
 * The annotation only proposes. The records that the job `chart` archived name the entity
 * that they were made for; when any of them names another one, nothing of the folder is
 * given. Rejects when Jenkins cannot be asked.
 */
export class JenkinsBuildSource implements BuildSource {
  readonly id = 'jenkins';
  readonly #controllers: Map<string, Controller>;

  private constructor(controllers: Map<string, Controller>) {
    this.#controllers = controllers;
  }

  /** Makes a source over the configured controllers; `fetch` replaces the global one. */
  static create(options: {
    instances: readonly JenkinsInstanceConfig[];
    fetch?: typeof fetch;
  }): JenkinsBuildSource {
    const { instances } = options;
    return new JenkinsBuildSource(
      new Map(
        instances.map(({ name, ...reach }) => {
          const client = JenkinsClient.create({
            ...reach,
            fetch: options.fetch,
          });
          return [name, { client, records: new JobRecords(client) }];
        }),
      ),
    );
  }

  /** See {@link BuildSource.releases}. */
  async releases(
    service: DeliveredService,
    since: { build?: number },
    options: CallOptions = {},
  ): Promise<SourceReleases> {
    const { signal } = options;
    const isNew = (build: JenkinsBuild, newest: JenkinsBuild) =>
      build.number > (since.build ?? 0) ||
      // A job that was created anew counts from 1 again: then everything in it is new.
      newest.number < (since.build ?? 0);
    const bound = await this.#bind(service, { signal, wanted: isNew });
    if (bound.kind !== 'bound') {
      return { state: bound.kind, reason: bound.reason };
    }
    const { jobs, builds, made } = bound;
    const releases: SourceRelease[] = [];
    const problems: SourceProblem[] = [];
    for (const { build, read } of [...made].reverse()) {
      if (!isNew(build, builds[0]) || read.kind === 'absent') {
        continue;
      }
      const subject = `The record of ${jobs.chart} #${build.number}`;
      if (read.kind === 'unusable') {
        problems.push({ subject, reason: read.reason });
        continue;
      }
      const { record } = read;
      const maker = record.build;
      if (maker.job !== jobs.chart || maker.number !== build.number) {
        problems.push({
          subject,
          reason: `it says that it was made by ${maker.job} #${maker.number}`,
        });
        continue;
      }
      const { evidence, unknown } = await this.#evidence(jobs, record, options);
      releases.push({ record, evidence, buildUrl: build.url });
      if (unknown) {
        problems.push({
          subject: `The evidence of Release ${record.number}`,
          reason: unknown,
        });
      }
    }
    return {
      state: 'bound',
      releases,
      problems,
      url: jobs.client.jobUrl(jobs.folder),
    };
  }

  /** See {@link BuildSource.builds}; nothing when the folder is not the Service's. */
  async builds(
    service: DeliveredService,
    options: CallOptions & { limit: number },
  ): Promise<BuildSummary[]> {
    const { limit, signal } = options;
    const bound = await this.#bind(service, {
      signal,
      wanted: (build, newest) => build.number > newest.number - limit,
    });
    if (bound.kind !== 'bound' || !bound.made.some(isRecord)) {
      return [];
    }
    const { jobs } = bound;
    const images = await jobs.client.listBuilds(jobs.image, { limit, signal });
    const charts = bound.builds.slice(0, limit);
    const newest = [
      ...(images ?? []).map(build => ({ job: jobs.image, build })),
      ...charts.map(build => ({ job: jobs.chart, build })),
    ]
      .sort((a, b) => b.build.startedAt.getTime() - a.build.startedAt.getTime())
      .slice(0, limit);
    return Promise.all(
      newest.map(async ({ job, build }) => {
        const read = bound.made.find(
          one => job === jobs.chart && one.build.number === build.number,
        )?.read;
        return summarizeBuild({
          job,
          build,
          tests: build.building
            ? undefined
            : await jobs.records.tests(job, build, { signal }),
          releaseNumber:
            read?.kind === 'record' ? read.record.number : undefined,
        });
      }),
    );
  }

  /** See {@link BuildSource.chartPackage}. */
  async chartPackage(
    request: {
      service: DeliveredService;
      release: Pick<Release, 'build' | 'chart' | 'number'>;
      maxBytes: number;
    },
    options: CallOptions = {},
  ): Promise<ChartPackage> {
    const { service } = request;
    const proposed = findFolder(service, [...this.#controllers.keys()]);
    const controller =
      proposed.kind === 'folder' && this.#controllers.get(proposed.instance);
    return proposed.kind === 'folder' && controller
      ? readChartPackage({
          ...controller,
          ...request,
          job: `${proposed.folder}/chart`,
          signal: options.signal,
        })
      : {
          state: 'missing',
          reason: `the Jenkins folder of ${service.entityRef} is not known`,
        };
  }

  /** Finds the Service's jobs and lets what they archived confirm that they are its own. */
  async #bind(
    service: DeliveredService,
    options: CallOptions & {
      /** Whose records are read, beside the newest one. */
      wanted(build: JenkinsBuild, newest: JenkinsBuild): boolean;
    },
  ): Promise<Bound | Unbound> {
    const proposed = findFolder(service, [...this.#controllers.keys()]);
    if (proposed.kind !== 'folder') {
      return proposed;
    }
    const controller = this.#controllers.get(proposed.instance);
    if (!controller) {
      return {
        kind: 'missing',
        reason: 'No Jenkins controller is configured.',
      };
    }
    const { folder } = proposed;
    const jobs: Jobs = {
      ...controller,
      folder,
      chart: `${folder}/chart`,
      image: `${folder}/image`,
    };
    const { signal, wanted } = options;
    const builds = await controller.client.listBuilds(jobs.chart, {
      limit: LOOK_BACK,
      signal,
    });
    if (!builds) {
      return {
        kind: 'missing',
        reason: `Jenkins has no job '${jobs.chart}', or its user may not see it.`,
      };
    }
    const makers = builds.filter(
      build =>
        build.result === 'SUCCESS' && build.artifacts.includes(RELEASE_RECORD),
    );
    const made: Made[] = [];
    // One after another: a look at a folder must not be a burst of requests.
    for (const build of makers) {
      if (build === makers[0] || wanted(build, builds[0])) {
        const read = await controller.records.release(jobs.chart, build, {
          signal,
        });
        made.push({ build, read });
      }
    }
    const foreign = made
      .filter(isRecord)
      .some(({ read }) => read.record.service !== service.entityRef);
    return foreign
      ? {
          kind: 'refused',
          reason: `The Jenkins folder '${folder}' makes Releases of another entity than ${service.entityRef}, so nothing is read from it.`,
        }
      : { kind: 'bound', jobs, builds, made };
  }

  async #evidence(
    jobs: Jobs,
    release: ReleaseRecord,
    options: CallOptions,
  ): Promise<{ evidence: Evidence; unknown?: string }> {
    const vouchers = await Promise.all(
      release.images.map(image => this.#vouch(jobs, image, options)),
    );
    const unknown = vouchers.find(voucher => voucher.kind === 'none');
    return unknown
      ? { evidence: {}, unknown: unknown.reason }
      : {
          evidence: addUpEvidence(
            vouchers.flatMap(voucher =>
              voucher.kind === 'record' ? [voucher.record] : [],
            ),
          ),
        };
  }

  async #vouch(
    jobs: Jobs,
    image: ReleaseRecord['images'][number],
    options: CallOptions,
  ): Promise<Voucher> {
    const none = (reason: string): Voucher => ({ kind: 'none', reason });
    const { builtBy } = image;
    if (!builtBy) {
      return none(`no build vouches for ${image.name}`);
    }
    const name = `${builtBy.job} #${builtBy.number}`;
    // Evidence is never borrowed from a folder that is not the Service's.
    if (builtBy.job !== jobs.image) {
      return none(`${name} is not a build of ${jobs.image}`);
    }
    const build = await jobs.client.findBuild(jobs.image, builtBy.number, {
      signal: options.signal,
    });
    if (!build) {
      return none(`Jenkins does not have the build ${name}`);
    }
    const read = await jobs.records.image(jobs.image, build, options);
    if (read.kind === 'absent') {
      return none(`${name} archived no record`);
    }
    if (read.kind === 'unusable') {
      return none(`${name}: ${read.reason}`);
    }
    const mismatch = findMismatch(image, read.record);
    return mismatch === undefined
      ? { kind: 'record', record: read.record }
      : none(`${name}: ${mismatch}`);
  }
}

function isRecord(
  made: Made,
): made is Made & { read: { kind: 'record'; record: ReleaseRecord } } {
  return made.read.kind === 'record';
}
