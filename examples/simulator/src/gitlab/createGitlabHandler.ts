// SPDX-License-Identifier: Apache-2.0
import { handleGit } from '../forge/handleGit';
import { FetchRouter } from '../http/FetchRouter';
import type { GitlabContext } from './GitlabContext';
import { gitlabError } from './gitlabError';
import { addMergeRequestRoutes } from './routes/addMergeRequestRoutes';
import { addProjectRoutes } from './routes/addProjectRoutes';
import { addRepositoryRoutes } from './routes/addRepositoryRoutes';
import { addStatusRoutes } from './routes/addStatusRoutes';

/** Makes the one function that answers every request to the simulated GitLab. */
export function createGitlabHandler(
  context: GitlabContext,
): (request: Request) => Promise<Response> {
  const router = new FetchRouter();
  addProjectRoutes(router, context);
  addRepositoryRoutes(router, context);
  addMergeRequestRoutes(router, context);
  addStatusRoutes(router, context);

  return async request => {
    const { pathname } = new URL(request.url);
    const { authorization, 'private-token': token } = Object.fromEntries(
      request.headers,
    );
    if (
      pathname.startsWith('/api/') &&
      (authorization || token) &&
      !context.accounts.loginOf(request)
    ) {
      return gitlabError(401, '401 Unauthorized');
    }
    try {
      return (
        (await handleGit(request, context)) ??
        (await router.handle(request)) ??
        gitlabError(404, '404 Not Found')
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
      return gitlabError(400, error.message);
    case 'ConflictError':
      return gitlabError(409, error.message);
    default:
      throw error;
  }
}
