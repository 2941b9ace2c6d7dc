// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type { SpinnakerClient } from 'backstage-plugin-spinnaker-client';
import type { Outcome } from '../actions/Outcome';

/**
 * Makes sure that an application exists; an existing one is left as it is.
 *
 * @throws ConflictError when it belongs to another entity.
 */
export async function applyApplication(options: {
  spinnaker: SpinnakerClient;
  application: Parameters<SpinnakerClient['saveApplication']>[0]['application'];
  dryRun: boolean;
  signal?: AbortSignal;
}): Promise<{ outcome: Outcome }> {
  const { spinnaker, application, dryRun, signal } = options;
  const existing = await spinnaker.getApplication(application.name, { signal });
  if (!existing) {
    if (!dryRun) {
      await spinnaker.saveApplication({ application, kind: 'create', signal });
    }
    return { outcome: 'created' };
  }
  if (existing.entityRef !== application.entityRef) {
    const whose = existing.entityRef
      ? `belongs to ${existing.entityRef}`
      : 'does not say whose it is';
    throw new ConflictError(
      `The Spinnaker application '${application.name}' exists and ${whose}. Choose another name, or, if it is this service's, set its attribute entityRef to ${application.entityRef} in Spinnaker`,
    );
  }
  return { outcome: 'unchanged' };
}
