// SPDX-License-Identifier: Apache-2.0
import { FetchRouter } from '../http/FetchRouter';
import type { GithubContext } from './GithubContext';
import { githubError } from './githubError';
import { handleGit } from '../forge/handleGit';
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

/** Makes the one function that answers every request to the simulated GitHub. */
export function createGithubHandler(
  context: GithubContext,
): (request: Request) => Promise<Response> {
  const router = new FetchRouter();
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

  return async request => {
    const { authorization } = Object.fromEntries(request.headers);
    const { pathname } = new URL(request.url);
    const isApi = pathname.startsWith('/api/');
    if (isApi && authorization && !context.accounts.loginOf(request)) {
      return githubError(401, 'Bad credentials');
    }
    try {
      return (
        (await handleGit(request, context)) ??
        (await router.handle(request)) ??
        githubError(404, 'Not Found')
      );
    } catch (error) {
      return faultOf(error);
    }
  };
}

function faultOf(error: unknown): Response {
  if (!(error instanceof Error)) {
    throw error;
  }
  switch (error.name) {
    case 'InputError':
      return githubError(422, error.message);
    case 'NotFoundError':
      return githubError(404, 'Not Found');
    case 'ConflictError':
      return githubError(409, error.message);
    default:
      throw error;
  }
}
