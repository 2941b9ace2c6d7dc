// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepositories } from '../forge/ForgeRepositories';
import type { Vendor } from './Vendor';

/** A simulated host of repositories, and what the control changes in it. */
export interface RepositoryVendor extends Vendor {
  repositories: ForgeRepositories;
}
