// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { findBitbucketCloudBranch } from './findBitbucketCloudBranch';
import type { Send } from './HostApi';
import type { PullRequests } from './proposeFiles';

const repositorySchema = z.looseObject({
  mainbranch: z.looseObject({ name: z.string() }).nullish(),
});

const pullSchema = z.looseObject({
  id: z.number(),
  reviewers: z.array(z.looseObject({ uuid: z.string() })).default([]),
  links: z.looseObject({ html: z.looseObject({ href: z.url() }) }),
});

/**
 * The pull requests of a repository on Bitbucket Cloud.
 *
 * @param options.repository - its path in the API, such as `/repositories/northwind/orders`
 */
export function bitbucketCloudPullRequests(options: {
  repository: string;
  send: Send;
  readText: PullRequests['readText'];
  commit: PullRequests['commit'];
}): PullRequests {
  const { repository, send, readText, commit } = options;
  const pulls = `${repository}/pullrequests`;
  const urlOf = (answer: unknown) => pullSchema.parse(answer).links.html.href;
  const hasBranch = async (branch: string) =>
    (await findBitbucketCloudBranch({ repository, branch, send })) !==
    undefined;
  return {
    readText,
    commit,
    hasBranch,
    defaultBranch: async () => {
      const { mainbranch } = repositorySchema.parse(await send(repository));
      return mainbranch && (await hasBranch(mainbranch.name))
        ? mainbranch.name
        : undefined;
    },
    findOpen: async branch => {
      const query = encodeURIComponent(
        `source.branch.name = ${JSON.stringify(branch)}`,
      );
      return z
        .looseObject({ values: z.array(pullSchema) })
        .parse(await send(`${pulls}?state=OPEN&q=${query}`))
        .values.at(0)?.id;
    },
    change: async (number, words) => {
      // Reviewers who are not named again are removed.
      const { reviewers } = pullSchema.parse(await send(`${pulls}/${number}`));
      return urlOf(
        await send(`${pulls}/${number}`, {
          method: 'PUT',
          body: {
            ...words,
            reviewers: reviewers.map(({ uuid }) => ({ uuid })),
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
            source: { branch: { name: from } },
            destination: { branch: { name: into } },
          },
        }),
      ),
  };
}
