// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Send } from './HostApi';
import type { PullRequests } from './proposeFiles';

const VERSION = 'api-version=7.1';
/** A longer description is refused. */
const MOST_CHARACTERS = 4_000;
const HEADS = 'refs/heads/';

const repositorySchema = z.looseObject({
  defaultBranch: z.string().optional(),
});
const refsSchema = z.looseObject({
  value: z.array(z.looseObject({ name: z.string() })),
});
const pullSchema = z.looseObject({ pullRequestId: z.number() });
const pullsSchema = z.looseObject({ value: z.array(pullSchema) });

/**
 * The pull requests of a repository on Azure DevOps.
 *
 * @param options.repository - its path in the API, such as
 * `/northwind/payments/_apis/git/repositories/orders`
 * @param options.webUrl - where people look at it
 */
export function azurePullRequests(options: {
  repository: string;
  webUrl: string;
  send: Send;
  readText: PullRequests['readText'];
  commit: PullRequests['commit'];
}): PullRequests {
  const { repository, webUrl, send, readText, commit } = options;
  const pulls = `${repository}/pullrequests`;
  const urlOf = (answer: unknown) =>
    `${webUrl}/pullrequest/${pullSchema.parse(answer).pullRequestId}`;
  return {
    readText,
    commit,
    defaultBranch: async () =>
      repositorySchema
        .parse(await send(`${repository}?${VERSION}`))
        .defaultBranch?.slice(HEADS.length),
    hasBranch: async branch => {
      // It answers every branch whose name begins like that.
      const { value } = refsSchema.parse(
        await send(
          `${repository}/refs?filter=${encodeURIComponent(
            `heads/${branch}`,
          )}&${VERSION}`,
        ),
      );
      return value.some(({ name }) => name === `${HEADS}${branch}`);
    },
    findOpen: async branch =>
      pullsSchema
        .parse(
          await send(
            `${pulls}?searchCriteria.status=active&searchCriteria.sourceRefName=${encodeURIComponent(
              `${HEADS}${branch}`,
            )}&${VERSION}`,
          ),
        )
        .value.at(0)?.pullRequestId,
    change: async (number, words) =>
      urlOf(
        await send(`${pulls}/${number}?${VERSION}`, {
          method: 'PATCH',
          body: shortened(words),
        }),
      ),
    open: async ({ from, into, ...words }) =>
      urlOf(
        await send(`${pulls}?${VERSION}`, {
          method: 'POST',
          body: {
            ...shortened(words),
            sourceRefName: `${HEADS}${from}`,
            targetRefName: `${HEADS}${into}`,
          },
        }),
      ),
  };
}

function shortened<T extends { description: string }>(words: T): T {
  const { description } = words;
  return description.length <= MOST_CHARACTERS
    ? words
    : {
        ...words,
        description: `${description.slice(0, MOST_CHARACTERS - 1)}…`,
      };
}
