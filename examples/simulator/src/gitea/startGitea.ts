// SPDX-License-Identifier: Apache-2.0
import { inKnownRepository } from '../forge/inKnownRepository';
import {
  startForge,
  type RunningForge,
  type StartForgeOptions,
} from '../forge/startForge';
import type { GiteaContext } from './GiteaContext';
import { giteaError } from './giteaError';
import { presentRepository } from './presentRepository';
import { addFileRoutes } from './routes/addFileRoutes';
import { addPullRoutes } from './routes/addPullRoutes';
import { addRepositoryRoutes } from './routes/addRepositoryRoutes';
import { addStatusRoutes } from './routes/addStatusRoutes';

/** Starts the simulated Gitea: its REST API under `/api/v1` and git over smart HTTP. */
export async function startGitea(
  options: StartForgeOptions,
): Promise<RunningForge> {
  return startForge({ ...options, product: 'gitea' }, known => {
    const context: GiteaContext = {
      ...known,
      inRepository: inKnownRepository(known, {
        find: ({ owner, repo }) => known.repositories.find(owner, repo),
        absent: () => giteaError(404, "The target couldn't be found."),
      }),
    };
    return {
      addRoutes: router => {
        addRepositoryRoutes(router, context);
        addFileRoutes(router, context);
        addPullRoutes(router, context);
        addStatusRoutes(router, context);
      },
      error: giteaError,
      announce: async (push, webhooks) => ({
        body: JSON.stringify({
          ref: `refs/heads/${push.branch}`,
          before: push.before ?? '',
          after: push.after ?? '',
          repository: presentRepository(push.repository, known.url),
          pusher: { login: push.pusher },
        }),
        calls: webhooks.map(url => ({
          url,
          headers: {
            'content-type': 'application/json',
            'x-gitea-event': 'push',
          },
        })),
      }),
    };
  });
}
