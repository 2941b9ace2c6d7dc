// SPDX-License-Identifier: Apache-2.0
import { FetchRouter } from '../http/FetchRouter';
import type { Forge, ForgeContext } from './Forge';
import { handleGit } from './handleGit';

const STATUSES: Partial<Record<string, number>> = {
  InputError: 400,
  NotFoundError: 404,
  ConflictError: 409,
};

/**
 * Makes the one function that answers every request to a simulated host: those of Git, those
 * of its REST API, and with 401 all that come with credentials that nobody has.
 */
export function createForgeHandler(
  forge: Forge,
  context: ForgeContext,
): (request: Request) => Promise<Response> {
  const router = new FetchRouter();
  forge.addRoutes(router);
  return async request => {
    const git = await handleGit(request, { ...context, forge });
    if (git) {
      return git;
    }
    if (context.accounts.areRefused(request)) {
      return forge.error(401, 'Unauthorized');
    }
    try {
      return (await router.handle(request)) ?? forge.error(404, 'Not Found');
    } catch (error) {
      const status = error instanceof Error && STATUSES[error.name];
      if (!status) {
        throw error;
      }
      return forge.error(status, status === 404 ? 'Not Found' : error.message);
    }
  };
}
