// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { HostedRepositories, World } from '../HostedRepositories';
import { callerOf } from './callerOf';
import { checkoutOf } from './checkoutOf';
import { textOf } from './textOf';

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
const githubStatuses = z.array(
  z.object({ context: z.string(), state: z.string() }),
);
const file = z.object({ sha: z.string() });

/** The repositories on the simulated GitHub. */
export function onGithub({ simulator }: World): HostedRepositories {
  const url = simulator.urls.github ?? '';
  const organisation = 'northwind';
  const call = callerOf(`${url}/api/v3`);
  const at = (repository: string) => `/repos/${organisation}/${repository}`;
  return {
    sourceHost: new URL(url).host,
    organisation,
    contents: (name, path = '') =>
      `${url}/${organisation}/${name}/blob/main${path}`,
    gitUrl: name => `${url}/${organisation}/${name}.git`,
    commit: (name, id) => `${url}/${organisation}/${name}/commit/${id}`,
    checkout: name => checkoutOf(`${url}/${organisation}/${name}.git`),
    make: async (name, files) => {
      await call(`/orgs/${organisation}/repos`, 'POST', {
        name,
        private: true,
      });
      for (const [path, content] of Object.entries(files)) {
        await call(`${at(name)}/contents/${path}`, 'PUT', {
          message: `Add ${path}`,
          content: Buffer.from(content).toString('base64'),
        });
      }
    },
    read: async (name, path, ref) =>
      textOf(await call(`${at(name)}/contents/${path}?ref=${ref}`)),
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
      githubStatuses
        .parse(await call(`${at(name)}/commits/${of}/statuses`))
        .map(({ context, state }) => ({ name: context, status: state })),
    add: async (name, path, to) => {
      await call(`${at(name)}/contents/${path}`, 'PUT', {
        message: `Add ${path}`,
        content: Buffer.from('By hand\n').toString('base64'),
        branch: to,
      });
    },
    change: async (name, path, on, edit) => {
      const there = await call(`${at(name)}/contents/${path}?ref=${on}`);
      await call(`${at(name)}/contents/${path}`, 'PUT', {
        message: `Change ${path}`,
        content: Buffer.from(edit(textOf(there) ?? '')).toString('base64'),
        branch: on,
        sha: file.parse(there).sha,
      });
    },
    merge: async (name, number) => {
      await call(`${at(name)}/pulls/${number}/merge`, 'PUT');
    },
  };
}
