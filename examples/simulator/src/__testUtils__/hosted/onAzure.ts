// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { HostedRepositories, World } from '../HostedRepositories';
import { SUBGROUP } from '../sourceHostSettings';
import { callerOf } from './callerOf';
import { checkoutOf } from './checkoutOf';
import { throughGit } from './throughGit';

const azurePulls = z.object({
  value: z.array(
    z.object({
      pullRequestId: z.number(),
      status: z.string(),
      sourceRefName: z.string(),
      targetRefName: z.string(),
      description: z.string(),
    }),
  ),
});
const azureStatuses = z.object({
  value: z.array(
    z.object({ context: z.object({ name: z.string() }), state: z.string() }),
  ),
});

/** The repositories on the simulated Azure DevOps. */
export function onAzure({ simulator }: World): HostedRepositories {
  const url = simulator.urls.azure ?? '';
  const call = callerOf(url);
  const base = `/${SUBGROUP}/_apis/git/repositories`;
  const page = (name: string) => `${url}/${SUBGROUP}/_git/${name}`;
  return {
    sourceHost: new URL(url).host,
    organisation: SUBGROUP,
    contents: (name, path = '/') => `${page(name)}?path=${path}&version=GBmain`,
    commit: (name, id) => `${page(name)}/commit/${id}`,
    ...throughGit(page, { create: name => call(base, 'POST', { name }) }),
    pulls: async name =>
      azurePulls
        .parse(
          await call(
            `${base}/${name}/pullrequests?searchCriteria.status=all&api-version=7.1`,
          ),
        )
        .value.map(pull => ({
          state: pull.status === 'active' ? 'open' : 'closed',
          head: pull.sourceRefName.replace('refs/heads/', ''),
          base: pull.targetRefName.replace('refs/heads/', ''),
          body: pull.description,
          url: `${page(name)}/pullrequest/${pull.pullRequestId}`,
        })),
    statuses: async (name, of) =>
      azureStatuses
        .parse(
          await call(
            `${base}/${name}/commits/${await checkoutOf(page(name)).head(
              of,
            )}/statuses`,
          ),
        )
        .value.map(({ context, state }) => ({
          name: context.name,
          status: state,
        })),
    merge: async (name, number) => {
      await call(`${base}/${name}/pullrequests/${number}`, 'PATCH', {
        status: 'completed',
      });
    },
  };
}
