// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { HostedRepositories, World } from '../HostedRepositories';
import { PROJECT } from '../sourceHostSettings';
import { callerOf } from './callerOf';
import { throughGit } from './throughGit';

const bitbucketServerRef = z.object({ displayId: z.string() });
const bitbucketServerPulls = z.object({
  values: z.array(
    z.object({
      id: z.number(),
      version: z.number(),
      open: z.boolean(),
      fromRef: bitbucketServerRef,
      toRef: bitbucketServerRef,
      description: z.string(),
      links: z.object({ self: z.array(z.object({ href: z.string() })) }),
    }),
  ),
});
const bitbucketServerBranches = z.object({
  values: z.array(bitbucketServerRef.extend({ latestCommit: z.string() })),
});
const bitbucketServerBuilds = z.object({
  values: z.array(z.object({ key: z.string(), state: z.string() })),
});

/** The repositories on the simulated Bitbucket Data Center. */
export function onBitbucketServer({ simulator }: World): HostedRepositories {
  const url = simulator.urls.bitbucketServer ?? '';
  const call = callerOf(`${url}/rest`);
  const at = (repository: string) =>
    `/api/1.0/projects/${PROJECT}/repos/${repository}`;
  const pulls = async (name: string) =>
    bitbucketServerPulls.parse(
      await call(`${at(name)}/pull-requests?state=ALL`),
    ).values;
  return {
    sourceHost: new URL(url).host,
    organisation: PROJECT,
    contents: (name, path = '') =>
      `${url}/projects/${PROJECT}/repos/${name}/browse${path}?at=main`,
    commit: (name, id) =>
      `${url}/projects/${PROJECT}/repos/${name}/commits/${id}`,
    ...throughGit(name => `${url}/scm/${PROJECT.toLowerCase()}/${name}.git`, {
      create: name =>
        call(`/api/1.0/projects/${PROJECT}/repos`, 'POST', { name }),
    }),
    pulls: async name =>
      (await pulls(name)).map(
        ({ open, fromRef, toRef, description, links }) => ({
          state: open ? 'open' : 'closed',
          head: fromRef.displayId,
          base: toRef.displayId,
          body: description,
          url: links.self[0].href,
        }),
      ),
    statuses: async (name, of) => {
      const found = bitbucketServerBranches
        .parse(await call(`${at(name)}/branches?filterText=${of}`))
        .values.find(({ displayId }) => displayId === of);
      return bitbucketServerBuilds
        .parse(await call(`/build-status/1.0/commits/${found?.latestCommit}`))
        .values.map(({ key, state }) => ({
          name: key,
          status: state === 'SUCCESSFUL' ? 'success' : state,
        }));
    },
    merge: async (name, number) => {
      const pull = (await pulls(name)).find(({ id }) => id === number);
      await call(
        `${at(name)}/pull-requests/${number}/merge?version=${pull?.version}`,
        'POST',
        {},
      );
    },
  };
}
