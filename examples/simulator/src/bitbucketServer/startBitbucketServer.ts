// SPDX-License-Identifier: Apache-2.0
import { inKnownRepository } from '../forge/inKnownRepository';
import {
  startForge,
  type RunningForge,
  type StartForgeOptions,
} from '../forge/startForge';
import type { BitbucketServerContext } from './BitbucketServerContext';
import { bitbucketServerError } from './bitbucketServerError';
import { gitPath, presentRepository } from './presentRepository';
import { addBuildRoutes } from './routes/addBuildRoutes';
import { addContentRoutes } from './routes/addContentRoutes';
import { addProjectRoutes } from './routes/addProjectRoutes';
import { addPullRoutes } from './routes/addPullRoutes';

/**
 * Starts the simulated Bitbucket Data Center: its REST API under `/rest/api/1.0`, and git over
 * smart HTTP under `/scm`.
 */
export async function startBitbucketServer(
  options: StartForgeOptions,
): Promise<RunningForge> {
  return startForge({ ...options, product: 'bitbucketServer' }, known => {
    const context: BitbucketServerContext = {
      ...known,
      inRepository: inKnownRepository(known, {
        // Keys of projects are the same in capital and small letters.
        find: ({ key, slug }) =>
          known.repositories.find(key.toUpperCase(), slug),
        absent: () =>
          bitbucketServerError(
            404,
            'This repository does not exist.',
            'com.atlassian.bitbucket.repository.NoSuchRepositoryException',
          ),
      }),
    };
    return {
      addRoutes: router => {
        addProjectRoutes(router, context);
        addContentRoutes(router, context);
        addPullRoutes(router, context);
        addBuildRoutes(router, context);
      },
      error: bitbucketServerError,
      gitPath,
      announce: async (push, webhooks) => ({
        body: JSON.stringify({
          eventKey: 'repo:refs_changed',
          actor: { name: push.pusher },
          repository: presentRepository(push.repository, known.url),
          changes: [
            {
              refId: `refs/heads/${push.branch}`,
              fromHash: push.before ?? '0'.repeat(40),
              toHash: push.after ?? '0'.repeat(40),
              type: push.before ? 'UPDATE' : 'ADD',
            },
          ],
        }),
        calls: webhooks.map(url => ({
          url,
          headers: {
            'content-type': 'application/json',
            'x-event-key': 'repo:refs_changed',
          },
        })),
      }),
    };
  });
}
