// SPDX-License-Identifier: Apache-2.0
import {
  JenkinsApplied,
  JenkinsCallOptions,
  JenkinsDryRunOptions,
} from './callOptions';
import { JobDefinition } from './config/JobDefinition';
import { JenkinsBuilds } from './JenkinsBuilds';
import { JenkinsHttp } from './JenkinsHttp';
import { JenkinsItems } from './JenkinsItems';
import { buildPath, jobPath } from './jobPath';
import {
  JenkinsBuild,
  JenkinsConsole,
  JenkinsJob,
  JenkinsQueueItem,
  JenkinsStage,
  JenkinsTestCounts,
} from './model';

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
  readonly #items: JenkinsItems;
  readonly #builds: JenkinsBuilds;

  private constructor(http: JenkinsHttp) {
    this.#http = http;
    this.#items = new JenkinsItems(http);
    this.#builds = new JenkinsBuilds(http);
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
    return this.#items.findJob(fullName, options);
  }

  /** The folders and jobs in a folder, or undefined when the folder does not exist. */
  async listJobs(
    folder: string,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsJob[] | undefined> {
    return this.#items.listJobs(folder, options);
  }

  /** The `config.xml` of a folder or job, or undefined when there is none of that name. */
  async findConfig(
    fullName: string,
    options: JenkinsCallOptions = {},
  ): Promise<string | undefined> {
    return this.#items.findConfig(fullName, options);
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
    return this.#items.createItem(fullName, xml, options);
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
    return this.#items.updateConfig(fullName, xml, options);
  }

  /**
   * Makes sure that a folder exists; an existing one is left as it is.
   *
   * @throws ConflictError when a job has that name.
   */
  async applyFolder(
    fullName: string,
    options: JenkinsDryRunOptions & { description?: string } = {},
  ): Promise<JenkinsApplied> {
    return this.#items.applyFolder(fullName, options);
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
    options: JenkinsDryRunOptions = {},
  ): Promise<JenkinsApplied> {
    return this.#items.applyJob(fullName, definition, options);
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
    return this.#builds.triggerBuild(fullName, options);
  }

  /** Where a triggered build stands; `forgotten` five minutes after it left the queue. */
  async getQueueItem(
    queueId: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsQueueItem> {
    return this.#builds.getQueueItem(queueId, options);
  }

  /** The newest builds of a job, newest first, or undefined when there is no such job. */
  async listBuilds(
    fullName: string,
    options: JenkinsCallOptions & { limit: number; offset?: number },
  ): Promise<JenkinsBuild[] | undefined> {
    return this.#builds.listBuilds(fullName, options);
  }

  /** One build, or undefined when Jenkins does not have it (any more). */
  async findBuild(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsBuild | undefined> {
    return this.#builds.findBuild(fullName, number, options);
  }

  /** Counts of a build's tests; undefined means that no report was published, which is no pass. */
  async findTestCounts(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsTestCounts | undefined> {
    return this.#builds.findTestCounts(fullName, number, options);
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
    return this.#builds.findStages(fullName, number, options);
  }

  /** Console output from an offset on, or undefined when there is no such build. */
  async readConsole(
    fullName: string,
    number: number,
    options: JenkinsCallOptions & { start?: number } = {},
  ): Promise<JenkinsConsole | undefined> {
    return this.#builds.readConsole(fullName, number, options);
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
    return this.#builds.findArtifact(fullName, number, options);
  }
}
