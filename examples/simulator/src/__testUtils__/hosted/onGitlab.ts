// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { HostedRepositories, World } from '../HostedRepositories';
import { SUBGROUP } from '../sourceHostSettings';
import { callerOf } from './callerOf';
import { checkoutOf } from './checkoutOf';
import { textOf } from './textOf';

const gitlabRequests = z.array(
  z.object({
    state: z.string(),
    source_branch: z.string(),
    target_branch: z.string(),
    description: z.string(),
    web_url: z.string(),
  }),
);
const gitlabStatuses = z.array(
  z.object({ name: z.string(), status: z.string() }),
);
const group = z.object({ id: z.number() });

/** The repositories on the simulated GitLab. */
export function onGitlab({ simulator }: World): HostedRepositories {
  const url = simulator.urls.gitlab ?? '';
  const call = callerOf(`${url}/api/v4`);
  const at = (repository: string) =>
    `/projects/${encodeURIComponent(`${SUBGROUP}/${repository}`)}`;
  return {
    sourceHost: new URL(url).host,
    organisation: SUBGROUP,
    contents: (name, path = '') =>
      `${url}/${SUBGROUP}/${name}/-/blob/main${path}`,
    gitUrl: name => `${url}/${SUBGROUP}/${name}.git`,
    commit: (name, id) => `${url}/${SUBGROUP}/${name}/-/commit/${id}`,
    checkout: name => checkoutOf(`${url}/${SUBGROUP}/${name}.git`),
    make: async (name, files) => {
      const { id } = group.parse(
        await call(`/namespaces/${encodeURIComponent(SUBGROUP)}`),
      );
      await call('/projects', 'POST', { name, namespace_id: id });
      for (const [path, content] of Object.entries(files)) {
        await call(`${at(name)}/repository/commits`, 'POST', {
          branch: 'main',
          commit_message: `Add ${path}`,
          actions: [{ action: 'create', file_path: path, content }],
        });
      }
    },
    read: async (name, path, ref) =>
      textOf(
        await call(
          `${at(name)}/repository/files/${encodeURIComponent(
            path,
          )}?ref=${encodeURIComponent(ref)}`,
        ),
      ),
    pulls: async name =>
      gitlabRequests
        .parse(await call(`${at(name)}/merge_requests`))
        .map(request => ({
          state: request.state === 'opened' ? 'open' : 'closed',
          head: request.source_branch,
          base: request.target_branch,
          body: request.description,
          url: request.web_url,
        })),
    statuses: async (name, of) =>
      gitlabStatuses.parse(
        await call(`${at(name)}/repository/commits/${of}/statuses`),
      ),
    add: async (name, path, to) => {
      await call(`${at(name)}/repository/commits`, 'POST', {
        branch: to,
        commit_message: `Add ${path}`,
        actions: [{ action: 'create', file_path: path, content: 'By hand\n' }],
      });
    },
    change: async (name, path, on, edit) => {
      const there = await call(
        `${at(name)}/repository/files/${encodeURIComponent(
          path,
        )}?ref=${encodeURIComponent(on)}`,
      );
      await call(`${at(name)}/repository/commits`, 'POST', {
        branch: on,
        commit_message: `Change ${path}`,
        actions: [
          {
            action: 'update',
            file_path: path,
            content: edit(textOf(there) ?? ''),
          },
        ],
      });
    },
    merge: async (name, number) => {
      await call(`${at(name)}/merge_requests/${number}/merge`, 'PUT');
    },
  };
}
