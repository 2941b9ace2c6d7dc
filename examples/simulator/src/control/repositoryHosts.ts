// SPDX-License-Identifier: Apache-2.0
import { REPOSITORY_HOSTS } from '../config';
import type { ForgeRepositories } from '../forge/ForgeRepositories';
import type { ControlContext, RunningVendors } from './ControlContext';
import { requireVendor } from './requireVendor';

/** The repositories of each host that is simulated here. */
export function repositoryHosts(vendors: RunningVendors): ForgeRepositories[] {
  return REPOSITORY_HOSTS.flatMap(name => vendors[name]?.repositories ?? []);
}

/**
 * The same, when there is at least one.
 *
 * @throws ConflictError when none is simulated.
 */
export function requireRepositoryHosts(
  context: ControlContext,
): ForgeRepositories[] {
  const hosts = repositoryHosts(context.vendors);
  return hosts.length > 0
    ? hosts
    : [requireVendor(context, 'github').repositories];
}
