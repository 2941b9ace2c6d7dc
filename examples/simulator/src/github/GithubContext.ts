// SPDX-License-Identifier: Apache-2.0
import type { RouteHandler, RouteMatch } from '../http/FetchRouter';
import type { ForgeContext } from '../forge/Forge';
import type { ForgeRepository } from '../forge/ForgeRepositories';
import type { GithubUrls } from './GithubUrls';
import { githubError } from './githubError';

/** What every route of the simulated GitHub works with. */
export interface GithubContext extends ForgeContext {
  urls: GithubUrls;
}

/** One request to a repository that exists and that the caller may use. */
export interface RepositoryCall extends RouteMatch {
  request: Request;
  repository: ForgeRepository;
  /** The caller; nobody reads a public repository without a token. */
  login?: string;
}

/**
 * Wraps a handler of `/repos/:owner/:repo/…`: finds the repository and checks the token.
 *
 * @remarks
 * Like GitHub it answers 404 for a private repository to somebody without a token, so that
 * its existence is not told.
 */
export function inRepository(
  context: GithubContext,
  handler: (call: RepositoryCall) => Promise<Response>,
): RouteHandler {
  return async (request, match) => {
    const { owner, repo } = match.params;
    const login = context.accounts.loginOf(request);
    const repository = context.repositories.find(owner, repo);
    if (!repository || (!login && repository.record.value.private)) {
      return githubError(404, 'Not Found');
    }
    if (!login && request.method !== 'GET' && request.method !== 'HEAD') {
      return githubError(401, 'Requires authentication');
    }
    return handler({ ...match, request, repository, login });
  };
}
