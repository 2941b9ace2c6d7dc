// SPDX-License-Identifier: Apache-2.0
import type { ForgeContext } from '../forge/Forge';
import type { inKnownRepository } from '../forge/inKnownRepository';

/** What every route of the simulated Bitbucket Cloud works with. */
export interface BitbucketCloudContext extends ForgeContext {
  /** Wraps a handler of `/repositories/:workspace/:slug/…`. */
  inRepository: ReturnType<typeof inKnownRepository>;
}

/** The only address that Bitbucket Cloud has, which is also in what the simulated one answers. */
export const WEB = 'https://bitbucket.org';

/** Where a repository is in the REST API. */
export const REPOSITORY = '/2.0/repositories/:workspace/:slug';
