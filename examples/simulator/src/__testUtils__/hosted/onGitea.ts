// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { HostedRepositories, World } from '../HostedRepositories';
import { callerOf } from './callerOf';
import { throughGit } from './throughGit';

const branch = z.object({ ref: z.string() });
const githubPulls = z.array(
  z.object({
    state: z.string(),
    head: branch,
    base: branch,
    body: z.string(),
    html_url: z.string(),
  }),
);
const giteaStatuses = z.array(
  z.object({ context: z.string(), status: z.string() }),
);

/** The repositories on the simulated Gitea. */
export function onGitea({ simulator }: World): HostedRepositories {
  const url = simulator.urls.gitea ?? '';
  const organisation = 'northwind';
  const call = callerOf(`${url}/api/v1`);
  const at = (repository: string) => `/repos/${organisation}/${repository}`;
  return {
    sourceHost: new URL(url).host,
    organisation,
    contents: (name, path = '') =>
      `${url}/${organisation}/${name}/src/branch/main${path}`,
    commit: (name, id) => `${url}/${organisation}/${name}/commit/${id}`,
    ...throughGit(name => `${url}/${organisation}/${name}.git`, {
      create: name =>
        call(`/orgs/${organisation}/repos`, 'POST', { name, private: true }),
    }),
    pulls: async name =>
      githubPulls
        .parse(await call(`${at(name)}/pulls?state=all`))
        .map(({ state, head, base, body, html_url }) => ({
          state,
          head: head.ref,
          base: base.ref,
          body,
          url: html_url,
        })),
    statuses: async (name, of) =>
      giteaStatuses
        .parse(await call(`${at(name)}/commits/${of}/statuses`))
        .map(({ context, status }) => ({ name: context, status })),
    merge: async (name, number) => {
      await call(`${at(name)}/pulls/${number}/merge`, 'POST', { Do: 'merge' });
    },
  };
}
