// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Send } from './HostApi';
import type { PullRequests } from './proposeFiles';
import type { RepositoryName } from './SourceHost';

const branchSchema = z.looseObject({ displayId: z.string() });

const pullSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  reviewers: z
    .array(z.looseObject({ user: z.looseObject({ name: z.string() }) }))
    .default([]),
  links: z.looseObject({
    self: z.tuple([z.looseObject({ href: z.url() })]).rest(z.unknown()),
  }),
});

const pageOf = <T>(item: z.ZodType<T>) =>
  z.looseObject({ values: z.array(item) });

/**
 * The pull requests of a repository on a Bitbucket Data Center.
 *
 * @param options.path - where it is in the API, such as `/projects/NORTH/repos/orders`
 */
export function bitbucketServerPullRequests(options: {
  repository: RepositoryName;
  path: string;
  send: Send;
  readText: PullRequests['readText'];
  commit: PullRequests['commit'];
}): PullRequests {
  const { repository, path, send, readText, commit } = options;
  const pulls = `${path}/pull-requests`;
  const refTo = (branch: string) => ({
    id: `refs/heads/${branch}`,
    repository: {
      slug: repository.repository,
      project: { key: repository.organisation },
    },
  });
  const urlOf = (answer: unknown) =>
    pullSchema.parse(answer).links.self[0].href;
  return {
    readText,
    commit,
    defaultBranch: async () => {
      const answer = await send(`${path}/default-branch`);
      return answer === undefined
        ? undefined
        : branchSchema.parse(answer).displayId;
    },
    hasBranch: async branch => {
      // Branches are found by a part of their name; the one of that name comes first.
      const { values } = pageOf(branchSchema).parse(
        await send(
          `${path}/branches?boostMatches=true&filterText=${encodeURIComponent(
            branch,
          )}`,
        ),
      );
      return values.some(({ displayId }) => displayId === branch);
    },
    findOpen: async branch =>
      pageOf(pullSchema)
        .parse(
          await send(
            `${pulls}?state=OPEN&direction=OUTGOING&at=${encodeURIComponent(
              `refs/heads/${branch}`,
            )}`,
          ),
        )
        .values.at(0)?.id,
    change: async (number, words) => {
      // The version says what is changed, and reviewers who are not named again are removed.
      const { version, reviewers } = pullSchema.parse(
        await send(`${pulls}/${number}`),
      );
      return urlOf(
        await send(`${pulls}/${number}`, {
          method: 'PUT',
          body: {
            ...words,
            version,
            reviewers: reviewers.map(({ user: { name } }) => ({
              user: { name },
            })),
          },
        }),
      );
    },
    open: async ({ from, into, ...words }) =>
      urlOf(
        await send(pulls, {
          method: 'POST',
          body: {
            ...words,
            fromRef: refTo(from),
            toRef: refTo(into),
          },
        }),
      ),
  };
}
