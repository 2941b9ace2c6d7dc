// SPDX-License-Identifier: Apache-2.0
import type { ServiceOverview } from 'backstage-plugin-delivery-common';

/**
 * The columns of the overview: every Environment that a listed Service has, in
 * the order of the longest path first.
 */
export function pathEnvironments(
  services: readonly ServiceOverview[],
): string[] {
  const paths = services
    .map(({ environments }) => environments.map(({ name }) => name))
    .sort((a, b) => b.length - a.length);
  return [...new Set(paths.flat())];
}
