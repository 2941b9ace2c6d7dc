// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { HostedRepositories, World } from '../HostedRepositories';
import { PROJECT } from '../sourceHostSettings';
import { callerOf } from './callerOf';
import { throughGit } from './throughGit';

const bitbucketCloudSide = z.object({ branch: z.object({ name: z.string() }) });
const bitbucketCloudPulls = z.object({
  values: z.array(
    z.object({
      state: z.string(),
      source: bitbucketCloudSide,
      destination: bitbucketCloudSide,
      description: z.string(),
      links: z.object({ html: z.object({ href: z.string() }) }),
    }),
  ),
});
const bitbucketCloudStatuses = z.object({
  values: z.array(z.object({ name: z.string(), state: z.string() })),
});

/** The repositories on the simulated Bitbucket Cloud. */
export function onBitbucketCloud({ simulator }: World): HostedRepositories {
  const url = simulator.urls.bitbucketCloud ?? '';
  const web = 'https://bitbucket.org/northwind';
  const call = callerOf(`${url}/2.0/repositories/northwind`);
  return {
    sourceHost: 'bitbucket.org',
    organisation: `northwind/${PROJECT}`,
    contents: (name, path = '') => `${web}/${name}/src/main${path}`,
    commit: (name, id) => `${web}/${name}/commits/${id}`,
    ...throughGit(name => `${url}/northwind/${name}.git`, {
      create: name => call(`/${name}`, 'POST', { is_private: true }),
    }),
    gitUrl: name => `${web}/${name}.git`,
    pulls: async name =>
      bitbucketCloudPulls
        .parse(
          await call(
            `/${name}/pullrequests?state=OPEN&state=MERGED&pagelen=50`,
          ),
        )
        .values.map(({ state, source, destination, description, links }) => ({
          state: state === 'OPEN' ? 'open' : 'closed',
          head: source.branch.name,
          base: destination.branch.name,
          body: description,
          url: links.html.href,
        })),
    statuses: async (name, of) =>
      bitbucketCloudStatuses
        .parse(await call(`/${name}/commit/${of}/statuses?pagelen=100`))
        .values.map(status => ({
          name: status.name,
          status: status.state === 'SUCCESSFUL' ? 'success' : status.state,
        })),
    merge: async (name, number) => {
      await call(`/${name}/pullrequests/${number}/merge`, 'POST', {});
    },
  };
}
