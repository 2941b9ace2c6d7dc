// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import {
  JenkinsApplied,
  JenkinsCallOptions,
  JenkinsDryRunOptions,
} from './callOptions';
import { JobDefinition } from './config/JobDefinition';
import { mergeJobConfig } from './config/mergeJobConfig';
import { renderFolderConfig } from './config/renderFolderConfig';
import { renderJobConfig } from './config/renderJobConfig';
import { getJson, noSuchJob } from './getJson';
import { JenkinsHttp } from './JenkinsHttp';
import { jobPath, splitFullName } from './jobPath';
import { JenkinsJob } from './model';
import { jobAnswerSchema, jobListAnswerSchema } from './schemas';

const FOLDER_CLASS = /Folder$|MultiBranchProject$/;

/** Folders and jobs of a controller; its methods are those of the client. */
export class JenkinsItems {
  readonly #http: JenkinsHttp;

  constructor(http: JenkinsHttp) {
    this.#http = http;
  }

  async findJob(
    fullName: string,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsJob | undefined> {
    const answer = await getJson(this.#http, jobAnswerSchema, {
      path: `${jobPath(fullName)}/api/json`,
      query: { tree: 'name,fullName,url' },
      signal: options.signal,
    });
    return answer && this.#toJob(answer, fullName);
  }

  async listJobs(
    folder: string,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsJob[] | undefined> {
    const answer = await getJson(this.#http, jobListAnswerSchema, {
      path: `${jobPath(folder)}/api/json`,
      query: { tree: 'jobs[name,fullName,url]' },
      signal: options.signal,
    });
    return answer?.jobs.map(job => this.#toJob(job, `${folder}/${job.name}`));
  }

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
      throw noSuchJob(this.#http.host, fullName);
    }
  }

  async applyFolder(
    fullName: string,
    options: JenkinsDryRunOptions & { description?: string } = {},
  ): Promise<JenkinsApplied> {
    const url = this.#http.pageUrl(jobPath(fullName));
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

  async applyJob(
    fullName: string,
    definition: JobDefinition,
    options: JenkinsDryRunOptions = {},
  ): Promise<JenkinsApplied> {
    const url = this.#http.pageUrl(jobPath(fullName));
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

  #toJob(
    answer: z.output<typeof jobAnswerSchema>,
    fullName: string,
  ): JenkinsJob {
    const isFolder = FOLDER_CLASS.test(answer._class ?? '');
    return {
      kind: isFolder ? 'folder' : 'job',
      name: answer.name,
      fullName,
      url: this.#http.pageUrl(jobPath(fullName)),
    };
  }
}
