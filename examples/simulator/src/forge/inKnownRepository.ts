// SPDX-License-Identifier: Apache-2.0
import type { RouteHandler, RouteMatch } from '../http/FetchRouter';
import type { ForgeContext } from './Forge';
import type { ForgeRepository } from './ForgeRepositories';

/** One request to a repository that exists and that the caller may use. */
export interface ForgeCall extends RouteMatch {
  request: Request;
  repository: ForgeRepository;
  login: string;
}

/**
 * Makes what wraps the handlers of requests to one repository: somebody without a token is
 * answered as if there were none.
 */
export function inKnownRepository(
  context: Pick<ForgeContext, 'accounts'>,
  options: {
    find(params: RouteMatch['params']): ForgeRepository | undefined;
    absent(): Response;
  },
): (handler: (call: ForgeCall) => Promise<Response>) => RouteHandler {
  return handler => async (request, match) => {
    const login = context.accounts.loginOf(request);
    const repository = options.find(match.params);
    return login && repository
      ? handler({ ...match, request, repository, login })
      : options.absent();
  };
}
