// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Send } from './HostApi';

const branchesSchema = z.looseObject({
  values: z.array(
    z.looseObject({
      name: z.string(),
      target: z.looseObject({ hash: z.string() }),
    }),
  ),
});

/**
 * A branch of a repository on Bitbucket Cloud; undefined when there is none of that name.
 *
 * @param options.repository - its path in the API, such as `/repositories/northwind/orders`
 */
export async function findBitbucketCloudBranch(options: {
  repository: string;
  branch: string;
  send: Send;
}): Promise<{ name: string; target: { hash: string } } | undefined> {
  const { repository, branch, send } = options;
  const query = encodeURIComponent(`name = ${JSON.stringify(branch)}`);
  return branchesSchema
    .parse(await send(`${repository}/refs/branches?q=${query}`))
    .values.find(({ name }) => name === branch);
}
