// SPDX-License-Identifier: Apache-2.0
import { inKnownRepository } from '../forge/inKnownRepository';
import {
  startForge,
  type RunningForge,
  type StartForgeOptions,
} from '../forge/startForge';
import { WEB, type BitbucketCloudContext } from './BitbucketCloudContext';
import { bitbucketCloudError } from './bitbucketCloudError';
import { presentRepository } from './presentRepository';
import { addPullRoutes } from './routes/addPullRoutes';
import { addRepositoryRoutes } from './routes/addRepositoryRoutes';
import { addStatusRoutes } from './routes/addStatusRoutes';

/**
 * Starts the simulated Bitbucket Cloud: its REST API under `/2.0`, and git over smart HTTP.
 *
 * @remarks
 * Backstage knows Bitbucket Cloud by its public addresses only, so that requests to them have
 * to be led to this one.
 */
export async function startBitbucketCloud(
  options: StartForgeOptions,
): Promise<RunningForge> {
  return startForge({ ...options, product: 'bitbucketCloud' }, known => {
    const context: BitbucketCloudContext = {
      ...known,
      inRepository: inKnownRepository(known, {
        find: ({ workspace, slug }) => known.repositories.find(workspace, slug),
        absent: () =>
          bitbucketCloudError(
            404,
            'You may not have access to this repository or it no longer exists in this workspace.',
          ),
      }),
    };
    return {
      web: WEB,
      addRoutes: router => {
        addRepositoryRoutes(router, context);
        addPullRoutes(router, context);
        addStatusRoutes(router, context);
      },
      error: bitbucketCloudError,
      announce: async (push, webhooks) => ({
        body: JSON.stringify({
          actor: { nickname: push.pusher },
          repository: presentRepository(push.repository, push.pusher),
          push: {
            changes: [
              {
                new: push.after && {
                  type: 'branch',
                  name: push.branch,
                  target: { hash: push.after },
                },
              },
            ],
          },
        }),
        calls: webhooks.map(url => ({
          url,
          headers: {
            'content-type': 'application/json',
            'x-event-key': 'repo:push',
          },
        })),
      }),
    };
  });
}
