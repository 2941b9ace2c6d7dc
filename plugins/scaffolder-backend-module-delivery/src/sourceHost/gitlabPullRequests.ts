// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Send } from './HostApi';
import type { PullRequests } from './proposeFiles';

const projectSchema = z.looseObject({ default_branch: z.string().nullish() });

const mergeRequestSchema = z.looseObject({ iid: z.number(), web_url: z.url() });

/**
 * The merge requests of a GitLab project.
 *
 * @param options.project - its path in the API, such as `/projects/northwind%2Forders`
 */
export function gitlabPullRequests(options: {
  project: string;
  send: Send;
  readText: PullRequests['readText'];
}): PullRequests {
  const { project, send, readText } = options;
  const urlOf = (answer: unknown) => mergeRequestSchema.parse(answer).web_url;
  return {
    readText,
    defaultBranch: async () =>
      projectSchema.parse(await send(project)).default_branch ?? undefined,
    hasBranch: async branch =>
      (await send(
        `${project}/repository/branches/${encodeURIComponent(branch)}`,
      )) !== undefined,
    commit: async ({ branch, startBranch, message, changes }) => {
      await send(`${project}/repository/commits`, {
        method: 'POST',
        body: {
          branch,
          ...(startBranch ? { start_branch: startBranch } : {}),
          commit_message: message,
          actions: changes.map(({ path, content, executable, there }) => ({
            action: there ? 'update' : 'create',
            file_path: path,
            content: content.toString('base64'),
            encoding: 'base64',
            execute_filemode: executable,
          })),
        },
      });
    },
    findOpen: async branch =>
      z
        .array(mergeRequestSchema)
        .parse(
          await send(
            `${project}/merge_requests?state=opened&source_branch=${encodeURIComponent(
              branch,
            )}`,
          ),
        )
        .at(0)?.iid,
    change: async (number, words) =>
      urlOf(
        await send(`${project}/merge_requests/${number}`, {
          method: 'PUT',
          body: words,
        }),
      ),
    open: async ({ from, into, ...words }) =>
      urlOf(
        await send(`${project}/merge_requests`, {
          method: 'POST',
          body: { ...words, source_branch: from, target_branch: into },
        }),
      ),
  };
}
