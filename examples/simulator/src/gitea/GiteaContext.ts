// SPDX-License-Identifier: Apache-2.0
import type { ForgeContext } from '../forge/Forge';
import type { inKnownRepository } from '../forge/inKnownRepository';

/** What every route of the simulated Gitea works with. */
export interface GiteaContext extends ForgeContext {
  /** Wraps a handler of `/repos/:owner/:repo/…`. */
  inRepository: ReturnType<typeof inKnownRepository>;
}
