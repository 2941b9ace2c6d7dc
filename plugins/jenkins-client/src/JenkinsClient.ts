// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { buildFromAnswer } from './buildFromAnswer';
import { JobDefinition } from './config/JobDefinition';
import { mergeJobConfig } from './config/mergeJobConfig';
import { renderFolderConfig } from './config/renderFolderConfig';
import { renderJobConfig } from './config/renderJobConfig';
import { JenkinsAnswer, JenkinsHttp, JenkinsRequest } from './JenkinsHttp';
import { artifactPath, jobPath, splitFullName } from './jobPath';
import {
  JenkinsBuild,
  JenkinsConsole,
  JenkinsJob,
  JenkinsQueueItem,
  JenkinsStage,
  JenkinsTestCounts,
} from './model';
import { parseAnswer } from './parseAnswer';
import {
  BUILD_TREE,
  buildAnswerSchema,
  buildListAnswerSchema,
  describeAnswerSchema,
  jobAnswerSchema,
  jobListAnswerSchema,
  queueAnswerSchema,
  stageTreeAnswerSchema,
  testReportAnswerSchema,
} from './schemas';
import { stagesFromDescribe, stagesFromTree } from './stages';

/**
 * How a Jenkins controller is reached.
 *
 * @public
 */
export type JenkinsClientOptions = {
  /** The controller's address, with its path prefix when it has one. */
  baseUrl: string;
  username: string;
  /** An API token of that user, not a password: tokens need no crumb. */
  apiToken: string;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
  /** Milliseconds until a call is given up; 15,000 when absent. */
  timeoutMs?: number;
};

/**
 * Options of every call.
 *
 * @public
 */
export type JenkinsCallOptions = { signal?: AbortSignal };

/**
 * What an apply call did, or with `dryRun` would do.
 *
 * @public
 */
export type JenkinsApplied = {
  outcome: 'created' | 'updated' | 'unchanged';
  /** The page for people. */
  url: string;
  /** For an update: which fields differed. */
  fields?: string[];
};

type DryRunOptions = JenkinsCallOptions & { dryRun?: boolean };

const MAX_ARTIFACT_BYTES = 1024 * 1024;
const MAX_BUILDS = 100;
const FOLDER_CLASS = /Folder$|MultiBranchProject$/;

/**
 * A small typed client for one Jenkins controller.
 *
 * @remarks
 * Absence is a value: what Jenkins answers with 404 comes back as `undefined`. Every other
 * fault is an error of `@backstage/errors` whose message names the host and what to do.
 *
 * @public
 */
export class JenkinsClient {
  readonly #http: JenkinsHttp;

  private constructor(http: JenkinsHttp) {
    this.#http = http;
  }

  /**
   * Makes a client; nothing is sent yet.
   *
   * @throws InputError when `baseUrl` is no http address or carries credentials.
   */
  static create(options: JenkinsClientOptions): JenkinsClient {
    return new JenkinsClient(new JenkinsHttp(options));
  }

  /** The page of a job for people. */
  jobUrl(fullName: string): string {
    return this.#http.pageUrl(jobPath(fullName));
  }

  /** The page of a build for people. */
  buildUrl(fullName: string, number: number): string {
    return this.#http.pageUrl(buildPath(fullName, number));
  }

  /** A folder or job, or undefined when there is none of that name. */
  async findJob(
    fullName: string,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsJob | undefined> {
    const answer = await this.#get(jobAnswerSchema, {
      path: `${jobPath(fullName)}/api/json`,
      query: { tree: 'name,fullName,url' },
      signal: options.signal,
    });
    return answer && this.#toJob(answer, fullName);
  }

  /** The folders and jobs in a folder, or undefined when the folder does not exist. */
  async listJobs(
    folder: string,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsJob[] | undefined> {
    const answer = await this.#get(jobListAnswerSchema, {
      path: `${jobPath(folder)}/api/json`,
      query: { tree: 'jobs[name,fullName,url]' },
      signal: options.signal,
    });
    return answer?.jobs.map(job => this.#toJob(job, `${folder}/${job.name}`));
  }

  /** The `config.xml` of a folder or job, or undefined when there is none of that name. */
  async findConfig(
    fullName: string,
    options: JenkinsCallOptions = {},
  ): Promise<string | undefined> {
    const answer = await this.#http.send({
      path: `${jobPath(fullName)}/config.xml`,
      signal: options.signal,
      accept: [404],
    });
    return answer.status === 404 ? undefined : answer.body.toString('utf8');
  }

  /**
   * Creates a folder or job from its `config.xml`.
   *
   * @throws ConflictError when the name is taken or Jenkins refuses the content.
   * @throws NotFoundError when the folder that is to hold it does not exist.
   */
  async createItem(
    fullName: string,
    xml: string,
    options: JenkinsCallOptions = {},
  ): Promise<void> {
    const { folder, name } = splitFullName(fullName);
    const answer = await this.#http.send({
      method: 'POST',
      path: `${folder ? jobPath(folder) : ''}/createItem`,
      query: { name },
      body: { contentType: 'application/xml; charset=utf-8', text: xml },
      signal: options.signal,
      accept: [400, 404],
    });
    if (answer.status === 404) {
      throw new NotFoundError(
        `Jenkins at ${this.#http.host} has no folder '${
          folder ?? ''
        }' to create '${name}' in; create the folder first`,
      );
    }
    if (answer.status === 400) {
      const said = answer.headers.get('x-error')?.slice(0, 200);
      throw new ConflictError(
        `Jenkins at ${this.#http.host} refused to create '${fullName}': ${
          said ?? 'the name is taken or not allowed'
        }`,
      );
    }
  }

  /**
   * Replaces the `config.xml` of a folder or job.
   *
   * @throws NotFoundError when there is none of that name.
   */
  async updateConfig(
    fullName: string,
    xml: string,
    options: JenkinsCallOptions = {},
  ): Promise<void> {
    const answer = await this.#http.send({
      method: 'POST',
      path: `${jobPath(fullName)}/config.xml`,
      body: { contentType: 'application/xml; charset=utf-8', text: xml },
      signal: options.signal,
      accept: [404],
    });
    if (answer.status === 404) {
      throw this.#noJob(fullName);
    }
  }

  /**
   * Makes sure that a folder exists; an existing one is left as it is.
   *
   * @throws ConflictError when a job has that name.
   */
  async applyFolder(
    fullName: string,
    options: DryRunOptions & { description?: string } = {},
  ): Promise<JenkinsApplied> {
    const url = this.jobUrl(fullName);
    const existing = await this.findJob(fullName, options);
    if (existing?.kind === 'job') {
      throw new ConflictError(
        `Jenkins at ${
          this.#http.host
        } has a job named '${fullName}', so no folder of that name can be made; rename the job`,
      );
    }
    if (existing) {
      return { outcome: 'unchanged', url };
    }
    if (!options.dryRun) {
      await this.createItem(fullName, renderFolderConfig(options), options);
    }
    return { outcome: 'created', url };
  }

  /**
   * Makes sure that a job exists and is built as the definition says; see
   * {@link mergeJobConfig} for what a person's edits are.
   *
   * @throws ConflictError when the name belongs to something that runs no Jenkinsfile.
   */
  async applyJob(
    fullName: string,
    definition: JobDefinition,
    options: DryRunOptions = {},
  ): Promise<JenkinsApplied> {
    const url = this.jobUrl(fullName);
    const rendered = renderJobConfig(definition);
    const existing = await this.findConfig(fullName, options);
    if (existing === undefined) {
      if (!options.dryRun) {
        await this.createItem(fullName, rendered, options);
      }
      return { outcome: 'created', url };
    }
    const merged = mergeJobConfig(existing, definition);
    if (merged.kind === 'unchanged') {
      return { outcome: 'unchanged', url };
    }
    if (!options.dryRun) {
      await this.updateConfig(fullName, merged.xml, options);
    }
    return { outcome: 'updated', url, fields: merged.fields };
  }

  /**
   * Asks for a build and returns its queue item.
   *
   * @remarks
   * Jenkins merges a request into a waiting one with the same parameters, so two requests
   * may return the same item. Parameters that the job does not define are dropped by Jenkins.
   *
   * @throws ConflictError when the job is disabled.
   * @throws NotFoundError when there is no such job.
   */
  async triggerBuild(
    fullName: string,
    options: JenkinsCallOptions & { parameters?: Record<string, string> } = {},
  ): Promise<{ queueId: number }> {
    const { parameters = {}, signal } = options;
    const withParameters = Object.keys(parameters).length > 0;
    const answer = await this.#http.send({
      method: 'POST',
      path: `${jobPath(fullName)}/${
        withParameters ? 'buildWithParameters' : 'build'
      }`,
      query: { delay: '0sec' },
      body: {
        contentType: 'application/x-www-form-urlencoded',
        text: new URLSearchParams(parameters).toString(),
      },
      signal,
      // Newer controllers answer 303 when the request was merged into a waiting one.
      accept: [303, 404, 409],
    });
    if (answer.status === 404) {
      throw this.#noJob(fullName);
    }
    if (answer.status === 409) {
      throw new ConflictError(
        `The job '${fullName}' of Jenkins at ${
          this.#http.host
        } cannot be built; enable it in Jenkins`,
      );
    }
    const location = answer.headers.get('location') ?? '';
    const queueId = /\/queue\/item\/(\d+)\/?$/.exec(location)?.[1];
    if (!queueId) {
      throw new ConflictError(
        `Jenkins at ${
          this.#http.host
        } took the request to build '${fullName}' but named no queue item; look at the job's page`,
      );
    }
    return { queueId: Number(queueId) };
  }

  /** Where a triggered build stands; `forgotten` five minutes after it left the queue. */
  async getQueueItem(
    queueId: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsQueueItem> {
    const answer = await this.#get(queueAnswerSchema, {
      path: `/queue/item/${queueId}/api/json`,
      query: { tree: 'cancelled,why,executable[number,url]' },
      signal: options.signal,
    });
    if (!answer) {
      return { kind: 'forgotten' };
    }
    if (answer.cancelled) {
      return { kind: 'cancelled' };
    }
    if (answer.executable) {
      return { kind: 'started', number: answer.executable.number };
    }
    return {
      kind: 'queued',
      ...(answer.why ? { why: answer.why } : {}),
    };
  }

  /** The newest builds of a job, newest first, or undefined when there is no such job. */
  async listBuilds(
    fullName: string,
    options: JenkinsCallOptions & { limit: number; offset?: number },
  ): Promise<JenkinsBuild[] | undefined> {
    const { limit, offset = 0, signal } = options;
    const end = offset + Math.max(1, Math.min(limit, MAX_BUILDS));
    const answer = await this.#get(buildListAnswerSchema, {
      path: `${jobPath(fullName)}/api/json`,
      query: { tree: `builds[${BUILD_TREE}]{${offset},${end}}` },
      signal,
    });
    return answer?.builds.map(build =>
      buildFromAnswer(build, this.buildUrl(fullName, build.number)),
    );
  }

  /** One build, or undefined when Jenkins does not have it (any more). */
  async findBuild(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsBuild | undefined> {
    const answer = await this.#get(buildAnswerSchema, {
      path: `${buildPath(fullName, number)}/api/json`,
      query: { tree: BUILD_TREE },
      signal: options.signal,
    });
    return answer && buildFromAnswer(answer, this.buildUrl(fullName, number));
  }

  /** Counts of a build's tests; undefined means that no report was published, which is no pass. */
  async findTestCounts(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsTestCounts | undefined> {
    const answer = await this.#get(testReportAnswerSchema, {
      path: `${buildPath(fullName, number)}/testReport/api/json`,
      query: { tree: 'passCount,totalCount,failCount,skipCount' },
      signal: options.signal,
    });
    if (!answer) {
      return undefined;
    }
    const { passCount, totalCount, failCount, skipCount } = answer;
    const passed = passCount ?? (totalCount ?? 0) - failCount - skipCount;
    return {
      passed: Math.max(0, passed),
      failed: failCount,
      skipped: skipCount,
    };
  }

  /**
   * The stages of a build's Jenkinsfile, or undefined when the controller has neither
   * plugin that tells them, or no such build.
   */
  async findStages(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsStage[] | undefined> {
    const path = buildPath(fullName, number);
    const { signal } = options;
    const tree = await this.#get(stageTreeAnswerSchema, {
      path: `${path}/stages/tree`,
      signal,
    });
    if (tree) {
      return stagesFromTree(tree.data.stages);
    }
    const described = await this.#get(describeAnswerSchema, {
      path: `${path}/wfapi/describe`,
      signal,
    });
    return described && stagesFromDescribe(described);
  }

  /** Console output from an offset on, or undefined when there is no such build. */
  async readConsole(
    fullName: string,
    number: number,
    options: JenkinsCallOptions & { start?: number } = {},
  ): Promise<JenkinsConsole | undefined> {
    const { start = 0, signal } = options;
    const answer = await this.#http.send({
      path: `${buildPath(fullName, number)}/logText/progressiveText`,
      query: { start: String(start) },
      signal,
      accept: [404],
    });
    if (answer.status === 404) {
      return undefined;
    }
    const size = Number(answer.headers.get('x-text-size'));
    return {
      text: answer.body.toString('utf8'),
      next: size > 0 ? size : start + answer.body.byteLength,
      more: answer.headers.get('x-more-data') === 'true',
    };
  }

  /**
   * The content of an archived file, or undefined when the build has none of that path.
   *
   * @throws InputError when it is larger than `maxBytes` (1 MiB when absent).
   */
  async findArtifact(
    fullName: string,
    number: number,
    options: JenkinsCallOptions & { path: string; maxBytes?: number },
  ): Promise<Buffer | undefined> {
    const file = artifactPath(options.path);
    const answer = await this.#http.send({
      path: `${buildPath(fullName, number)}/artifact/${file}`,
      signal: options.signal,
      accept: [404],
      maxBytes: options.maxBytes ?? MAX_ARTIFACT_BYTES,
    });
    return answer.status === 404 ? undefined : answer.body;
  }

  async #get<T extends z.ZodType>(
    schema: T,
    request: JenkinsRequest,
  ): Promise<z.output<T> | undefined> {
    const answer: JenkinsAnswer = await this.#http.send({
      ...request,
      accept: [404],
    });
    return answer.status === 404
      ? undefined
      : parseAnswer(schema, answer.body, {
          host: this.#http.host,
          path: request.path,
        });
  }

  #toJob(
    answer: z.output<typeof jobAnswerSchema>,
    fullName: string,
  ): JenkinsJob {
    const isFolder = FOLDER_CLASS.test(answer._class ?? '');
    return {
      kind: isFolder ? 'folder' : 'job',
      name: answer.name,
      fullName,
      url: this.jobUrl(fullName),
    };
  }

  #noJob(fullName: string): NotFoundError {
    return new NotFoundError(
      `Jenkins at ${
        this.#http.host
      } has no job '${fullName}', or its user may not see it`,
    );
  }
}

function buildPath(fullName: string, number: number): string {
  return `${jobPath(fullName)}/${Math.trunc(number)}`;
}
