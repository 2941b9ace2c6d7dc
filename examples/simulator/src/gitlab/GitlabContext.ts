// SPDX-License-Identifier: Apache-2.0
import type { ForgeContext } from '../forge/Forge';
import type { ForgeRepository } from '../forge/ForgeRepositories';
import type { RouteHandler, RouteMatch } from '../http/FetchRouter';
import { gitlabError } from './gitlabError';
import type { GitlabNamespaces } from './GitlabNamespaces';

/** What every route of the simulated GitLab works with. */
export interface GitlabContext extends ForgeContext {
  namespaces: GitlabNamespaces;
}

/** One request to a project that exists and that the caller may use. */
export interface ProjectCall extends RouteMatch {
  request: Request;
  repository: ForgeRepository;
  login: string;
}

/**
 * Wraps a handler of `/api/v4/projects/:id/…`, where the id is the number or the path.
 *
 * @remarks
 * Like GitLab it answers 404 to somebody who may not see the project.
 */
export function inProject(
  context: GitlabContext,
  handler: (call: ProjectCall) => Promise<Response>,
): RouteHandler {
  return async (request, match) => {
    const { id } = match.params;
    const login = context.accounts.loginOf(request);
    const slash = id.lastIndexOf('/');
    const repository = /^\d+$/.test(id)
      ? context.repositories
          .list()
          .find(({ record }) => record.value.id === Number(id))
      : context.repositories.find(id.slice(0, slash), id.slice(slash + 1));
    return login && repository
      ? handler({ ...match, request, repository, login })
      : gitlabError(404, '404 Project Not Found');
  };
}
