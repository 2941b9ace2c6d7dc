// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type { ControlContext, RunningVendors } from './ControlContext';

/**
 * A vendor that is simulated here.
 *
 * @throws ConflictError when it is not, as when a real one has taken its place.
 */
export function requireVendor<V extends keyof RunningVendors>(
  context: ControlContext,
  vendor: V,
): NonNullable<RunningVendors[V]> {
  const running = context.vendors[vendor];
  if (!running) {
    throw new ConflictError(
      `'${vendor}' is not simulated here, so it cannot be controlled: it is not listed under simulator.vendors`,
    );
  }
  return running;
}
