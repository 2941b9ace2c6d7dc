// SPDX-License-Identifier: Apache-2.0
import type { ForgeContext } from '../forge/Forge';
import type { inKnownRepository } from '../forge/inKnownRepository';

/** What every route of the simulated Bitbucket Data Center works with. */
export interface BitbucketServerContext extends ForgeContext {
  /** Wraps a handler of `/projects/:key/repos/:slug/…`. */
  inRepository: ReturnType<typeof inKnownRepository>;
}

/** Where its REST API is. */
export const API = '/rest/api/1.0';

/** Where a repository is in its REST API. */
export const REPOSITORY = `${API}/projects/:key/repos/:slug`;
