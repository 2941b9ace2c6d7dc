// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { JenkinsHttp, JenkinsRequest } from './JenkinsHttp';
import { parseAnswer } from './parseAnswer';

/** Asks for JSON of a form; undefined for 404. */
export async function getJson<T extends z.ZodType>(
  http: JenkinsHttp,
  schema: T,
  request: JenkinsRequest,
): Promise<z.output<T> | undefined> {
  const answer = await http.send({ ...request, accept: [404] });
  return answer.status === 404
    ? undefined
    : parseAnswer(schema, answer.body, {
        host: http.host,
        path: request.path,
      });
}

/** What is said where a job has to exist. */
export function noSuchJob(host: string, fullName: string): NotFoundError {
  return new NotFoundError(
    `Jenkins at ${host} has no job '${fullName}', or its user may not see it`,
  );
}
