// SPDX-License-Identifier: Apache-2.0
import type { ForgeContext } from '../forge/Forge';
import { inKnownRepository, type ForgeCall } from '../forge/inKnownRepository';
import type { RouteHandler } from '../http/FetchRouter';
import { gitlabError } from './gitlabError';
import type { GitlabNamespaces } from './GitlabNamespaces';

/** What every route of the simulated GitLab works with. */
export interface GitlabContext extends ForgeContext {
  namespaces: GitlabNamespaces;
}

/**
 * Wraps a handler of `/api/v4/projects/:id/…`, where the id is the number or the path.
 *
 * @remarks
 * Like GitLab it answers 404 to somebody who may not see the project.
 */
export function inProject(
  context: GitlabContext,
  handler: (call: ForgeCall) => Promise<Response>,
): RouteHandler {
  return inKnownRepository(context, {
    find: ({ id }) => {
      const slash = id.lastIndexOf('/');
      return /^\d+$/.test(id)
        ? context.repositories
            .list()
            .find(({ record }) => record.value.id === Number(id))
        : context.repositories.find(id.slice(0, slash), id.slice(slash + 1));
    },
    absent: () => gitlabError(404, '404 Project Not Found'),
  })(handler);
}
