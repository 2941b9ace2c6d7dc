// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Send } from './HostApi';
import type { PullRequests } from './proposeFiles';

const repositorySchema = z.looseObject({ default_branch: z.string() });
const refSchema = z.looseObject({ object: z.looseObject({ sha: z.string() }) });
const commitSchema = z.looseObject({
  commit: z.looseObject({ tree: z.looseObject({ sha: z.string() }) }),
});
const madeSchema = z.looseObject({ sha: z.string() });
const pullSchema = z.looseObject({
  number: z.number(),
  html_url: z.url(),
  head: z.looseObject({ ref: z.string() }),
});

/**
 * The pull requests of a repository on GitHub.
 *
 * @param options.repository - its path in the API, such as `/repos/northwind/orders`
 */
export function githubPullRequests(options: {
  repository: string;
  organisation: string;
  send: Send;
  readText: PullRequests['readText'];
}): PullRequests {
  const { repository, organisation, send, readText } = options;
  const ref = (branch: string) => send(`${repository}/git/ref/heads/${branch}`);
  const make = async (what: string, body: object) =>
    madeSchema.parse(
      await send(`${repository}/git/${what}`, { method: 'POST', body }),
    ).sha;
  const urlOf = (answer: unknown) => pullSchema.parse(answer).html_url;
  return {
    readText,
    defaultBranch: async () => {
      const { default_branch } = repositorySchema.parse(await send(repository));
      return (await ref(default_branch)) === undefined
        ? undefined
        : default_branch;
    },
    hasBranch: async branch => (await ref(branch)) !== undefined,
    commit: async ({ branch, startBranch, message, changes }) => {
      const parent = refSchema.parse(await ref(startBranch ?? branch)).object
        .sha;
      const { commit } = commitSchema.parse(
        await send(`${repository}/commits/${parent}`),
      );
      const tree = await make('trees', {
        base_tree: commit.tree.sha,
        tree: changes.map(({ path, content, executable }) => ({
          path,
          mode: executable ? '100755' : '100644',
          type: 'blob',
          content: content.toString('utf8'),
        })),
      });
      const sha = await make('commits', { message, tree, parents: [parent] });
      await send(
        startBranch
          ? `${repository}/git/refs`
          : `${repository}/git/refs/heads/${branch}`,
        startBranch
          ? { method: 'POST', body: { ref: `refs/heads/${branch}`, sha } }
          : { method: 'PATCH', body: { sha } },
      );
    },
    findOpen: async branch =>
      z
        .array(pullSchema)
        .parse(
          await send(
            `${repository}/pulls?state=open&head=${encodeURIComponent(
              `${organisation}:${branch}`,
            )}`,
          ),
        )
        .find(({ head }) => head.ref === branch)?.number,
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
