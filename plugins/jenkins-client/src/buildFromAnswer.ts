// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { JenkinsBuild } from './model';
import { buildAnswerSchema } from './schemas';

/** Reads a build from Jenkins' answer; `url` is the page to show, whatever Jenkins calls itself. */
export function buildFromAnswer(
  answer: z.output<typeof buildAnswerSchema>,
  url: string,
): JenkinsBuild {
  const actions = answer.actions.filter(action => action !== undefined);
  const revision = actions.find(
    action => action.lastBuiltRevision,
  )?.lastBuiltRevision;
  const branch = revision?.branch[0]?.name.replace(/^refs\/remotes\//, '');
  const parameters: Record<string, string> = {};
  for (const { name, value } of actions.flatMap(
    action => action.parameters ?? [],
  )) {
    parameters[name] = String(value ?? '');
  }
  return {
    number: answer.number,
    url,
    building: answer.building,
    ...(answer.result && !answer.building ? { result: answer.result } : {}),
    startedAt: new Date(answer.timestamp),
    durationMs: answer.duration,
    ...(answer.queueId === undefined ? {} : { queueId: answer.queueId }),
    parameters,
    ...(revision ? { commit: revision.SHA1 } : {}),
    ...(branch ? { branch } : {}),
    causes: actions
      .flatMap(action => action.causes ?? [])
      .flatMap(cause => cause.shortDescription ?? []),
    artifacts: answer.artifacts.map(artifact => artifact.relativePath),
  };
}
