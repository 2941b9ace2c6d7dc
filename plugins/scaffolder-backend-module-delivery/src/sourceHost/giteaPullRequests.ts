// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { encodePath } from './encodePath';
import type { Send } from './HostApi';
import type { PullRequests } from './proposeFiles';

const repositorySchema = z.looseObject({
  default_branch: z.string(),
  empty: z.boolean(),
});

const pullSchema = z.looseObject({
  number: z.number(),
  html_url: z.url(),
  head: z.looseObject({ ref: z.string(), repo_id: z.number().optional() }),
  base: z.looseObject({ repo_id: z.number().optional() }),
});

/**
 * The pull requests of a repository on a Gitea.
 *
 * @param options.repository - its path in the API, such as `/repos/northwind/orders`
 */
export function giteaPullRequests(options: {
  repository: string;
  send: Send;
  readText: PullRequests['readText'];
  commit: PullRequests['commit'];
}): PullRequests {
  const { repository, send, readText, commit } = options;
  const urlOf = (answer: unknown) => pullSchema.parse(answer).html_url;
  return {
    readText,
    commit,
    defaultBranch: async () => {
      const { default_branch, empty } = repositorySchema.parse(
        await send(repository),
      );
      return empty ? undefined : default_branch;
    },
    hasBranch: async branch =>
      (await send(`${repository}/branches/${encodePath(branch)}`)) !==
      undefined,
    findOpen: async branch => {
      // It can be asked for those of a branch, but answers those that are merged, too.
      for (let page = 1; ; page += 1) {
        const pulls = z
          .array(pullSchema)
          .parse(
            await send(`${repository}/pulls?state=open&limit=50&page=${page}`),
          );
        const found = pulls.find(
          ({ head, base }) =>
            head.ref === branch && head.repo_id === base.repo_id,
        );
        if (found || pulls.length === 0) {
          return found?.number;
        }
      }
    },
    change: async (number, { title, description }) =>
      urlOf(
        await send(`${repository}/pulls/${number}`, {
          method: 'PATCH',
          body: { title, body: description },
        }),
      ),
    open: async ({ title, description, from, into }) =>
      urlOf(
        await send(`${repository}/pulls`, {
          method: 'POST',
          body: { title, body: description, head: from, base: into },
        }),
      ),
  };
}
