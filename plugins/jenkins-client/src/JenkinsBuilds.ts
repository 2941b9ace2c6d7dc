// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { buildFromAnswer } from './buildFromAnswer';
import { JenkinsCallOptions } from './callOptions';
import { getJson, noSuchJob } from './getJson';
import { JenkinsHttp } from './JenkinsHttp';
import { artifactPath, buildPath, jobPath } from './jobPath';
import {
  JenkinsBuild,
  JenkinsConsole,
  JenkinsQueueItem,
  JenkinsStage,
  JenkinsTestCounts,
} from './model';
import {
  BUILD_TREE,
  buildAnswerSchema,
  buildListAnswerSchema,
  describeAnswerSchema,
  queueAnswerSchema,
  stageTreeAnswerSchema,
  testReportAnswerSchema,
} from './schemas';
import { stagesFromDescribe, stagesFromTree } from './stages';

const MAX_ARTIFACT_BYTES = 1024 * 1024;
const MAX_BUILDS = 100;

/** The queue and the builds of a controller; its methods are those of the client. */
export class JenkinsBuilds {
  readonly #http: JenkinsHttp;

  constructor(http: JenkinsHttp) {
    this.#http = http;
  }

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
      throw noSuchJob(this.#http.host, fullName);
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

  async getQueueItem(
    queueId: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsQueueItem> {
    const answer = await getJson(this.#http, queueAnswerSchema, {
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

  async listBuilds(
    fullName: string,
    options: JenkinsCallOptions & { limit: number; offset?: number },
  ): Promise<JenkinsBuild[] | undefined> {
    const { limit, offset = 0, signal } = options;
    const end = offset + Math.max(1, Math.min(limit, MAX_BUILDS));
    const answer = await getJson(this.#http, buildListAnswerSchema, {
      path: `${jobPath(fullName)}/api/json`,
      query: { tree: `builds[${BUILD_TREE}]{${offset},${end}}` },
      signal,
    });
    return answer?.builds.map(build =>
      buildFromAnswer(
        build,
        this.#http.pageUrl(buildPath(fullName, build.number)),
      ),
    );
  }

  async findBuild(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsBuild | undefined> {
    const answer = await getJson(this.#http, buildAnswerSchema, {
      path: `${buildPath(fullName, number)}/api/json`,
      query: { tree: BUILD_TREE },
      signal: options.signal,
    });
    return (
      answer &&
      buildFromAnswer(answer, this.#http.pageUrl(buildPath(fullName, number)))
    );
  }

  async findTestCounts(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsTestCounts | undefined> {
    const answer = await getJson(this.#http, testReportAnswerSchema, {
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

  async findStages(
    fullName: string,
    number: number,
    options: JenkinsCallOptions = {},
  ): Promise<JenkinsStage[] | undefined> {
    const path = buildPath(fullName, number);
    const { signal } = options;
    const tree = await getJson(this.#http, stageTreeAnswerSchema, {
      path: `${path}/stages/tree`,
      signal,
    });
    if (tree) {
      return stagesFromTree(tree.data.stages);
    }
    const described = await getJson(this.#http, describeAnswerSchema, {
      path: `${path}/wfapi/describe`,
      signal,
    });
    return described && stagesFromDescribe(described);
  }

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
}
