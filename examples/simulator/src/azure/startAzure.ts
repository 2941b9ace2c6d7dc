// SPDX-License-Identifier: Apache-2.0
import { inKnownRepository } from '../forge/inKnownRepository';
import {
  startForge,
  type RunningForge,
  type StartForgeOptions,
} from '../forge/startForge';
import { azureError } from './azureError';
import type { AzureContext } from './AzureContext';
import { presentRepository } from './presentRepository';
import { addPullRoutes } from './routes/addPullRoutes';
import { addRepositoryRoutes } from './routes/addRepositoryRoutes';
import { addStatusRoutes } from './routes/addStatusRoutes';

/**
 * Starts the simulated Azure DevOps: its REST API under
 * `/<organisation>/<project>/_apis` and git over smart HTTP under
 * `/<organisation>/<project>/_git`.
 */
export async function startAzure(
  options: StartForgeOptions,
): Promise<RunningForge> {
  return startForge({ ...options, product: 'azure' }, known => {
    const context: AzureContext = {
      ...known,
      inRepository: inKnownRepository(known, {
        find: ({ organisation, project, repository }) =>
          known.repositories.find(`${organisation}/${project}`, repository),
        absent: () =>
          azureError(
            404,
            'TF401019: The Git repository does not exist or you do not have permissions for the operation you are attempting.',
          ),
      }),
    };
    return {
      addRoutes: router => {
        addRepositoryRoutes(router, context);
        addPullRoutes(router, context);
        addStatusRoutes(router, context);
      },
      error: azureError,
      gitPath: (owner, name) => `/${owner}/_git/${name}`,
      announce: async ({ repository, branch, before, after }, webhooks) => ({
        body: JSON.stringify({
          eventType: 'git.push',
          publisherId: 'tfs',
          resource: {
            refUpdates: [
              {
                name: `refs/heads/${branch}`,
                oldObjectId: before,
                newObjectId: after,
              },
            ],
            repository: presentRepository(repository, known.url),
          },
        }),
        calls: webhooks.map(url => ({
          url,
          headers: { 'content-type': 'application/json' },
        })),
      }),
    };
  });
}
