// SPDX-License-Identifier: Apache-2.0
import {
  startForge,
  type RunningForge,
  type StartForgeOptions,
} from '../forge/startForge';
import { gitlabError } from './gitlabError';
import { GitlabNamespaces } from './GitlabNamespaces';
import { presentProject } from './presentProject';
import { addMergeRequestRoutes } from './routes/addMergeRequestRoutes';
import { addProjectRoutes } from './routes/addProjectRoutes';
import { addRepositoryRoutes } from './routes/addRepositoryRoutes';
import { addStatusRoutes } from './routes/addStatusRoutes';

/** Starts the simulated GitLab: its REST API under `/api/v4` and git over smart HTTP. */
export async function startGitlab(
  options: StartForgeOptions,
): Promise<RunningForge> {
  return startForge({ ...options, product: 'gitlab' }, known => {
    const context = { ...known, namespaces: new GitlabNamespaces() };
    return {
      addRoutes: router => {
        addProjectRoutes(router, context);
        addRepositoryRoutes(router, context);
        addMergeRequestRoutes(router, context);
        addStatusRoutes(router, context);
      },
      error: (status, message) => gitlabError(status, `${status} ${message}`),
      announce: async ({ repository, branch, after, pusher }, webhooks) => ({
        body: JSON.stringify({
          object_kind: 'push',
          ref: `refs/heads/${branch}`,
          after,
          user_username: pusher,
          project: presentProject(repository, context),
        }),
        calls: webhooks.map(url => ({
          url,
          headers: {
            'content-type': 'application/json',
            'x-gitlab-event': 'Push Hook',
          },
        })),
      }),
    };
  });
}
