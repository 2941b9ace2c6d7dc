// SPDX-License-Identifier: Apache-2.0
import {
  startForge,
  type RunningForge,
  type StartForgeOptions,
} from '../forge/startForge';
import { announceGithubPush } from './announceGithubPush';
import { githubError } from './githubError';
import { GithubUrls } from './GithubUrls';
import { addPages } from './pages/addPages';
import { addAccountRoutes } from './routes/addAccountRoutes';
import { addCommitRoutes } from './routes/addCommitRoutes';
import { addContentRoutes } from './routes/addContentRoutes';
import { addGitDataRoutes } from './routes/addGitDataRoutes';
import { addHookRoutes } from './routes/addHookRoutes';
import { addPullRoutes } from './routes/addPullRoutes';
import { addRepositoryRoutes } from './routes/addRepositoryRoutes';
import { addStatusRoutes } from './routes/addStatusRoutes';
import { addTreeRoutes } from './routes/addTreeRoutes';

/**
 * Starts the simulated GitHub: its REST API under `/api/v3`, git over smart HTTP, and a
 * simple web view.
 */
export async function startGithub(
  options: StartForgeOptions,
): Promise<RunningForge> {
  return startForge({ ...options, product: 'github' }, known => {
    const context = { ...known, urls: new GithubUrls(known.url) };
    return {
      addRoutes: router => {
        addAccountRoutes(router, context);
        addRepositoryRoutes(router, context);
        addHookRoutes(router, context);
        addStatusRoutes(router, context);
        addCommitRoutes(router, context);
        addTreeRoutes(router, context);
        addGitDataRoutes(router, context);
        addContentRoutes(router, context);
        addPullRoutes(router, context);
        addPages(router, context);
      },
      error: (status, message) =>
        status === 401
          ? githubError(401, 'Bad credentials')
          : githubError(status === 400 ? 422 : status, message),
      announce: (push, webhooks) =>
        announceGithubPush(push, { webhooks, urls: context.urls }),
    };
  });
}
