// SPDX-License-Identifier: Apache-2.0
import type { ForgeContext } from '../forge/Forge';
import type { inKnownRepository } from '../forge/inKnownRepository';

/** What every route of the simulated Azure DevOps works with. */
export interface AzureContext extends ForgeContext {
  /** Wraps a handler of `/:organisation/:project/_apis/git/repositories/:repository…`. */
  inRepository: ReturnType<typeof inKnownRepository>;
}
