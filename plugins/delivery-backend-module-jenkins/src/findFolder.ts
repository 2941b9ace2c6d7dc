// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import { DELIVERY_ANNOTATIONS } from 'backstage-plugin-delivery-common';
import type { DeliveredService } from 'backstage-plugin-delivery-node';
import { jobPath } from 'backstage-plugin-jenkins-client';

/** Where a Service says that it is built; the other side has not confirmed it yet. */
export type ProposedFolder =
  | { kind: 'folder'; instance: string; folder: string }
  | { kind: 'missing' | 'refused'; reason: string };

const DEFAULT_INSTANCE = 'default';

/**
 * Reads the annotation that names the Jenkins folder, `[<instance>:]<folder>`.
 *
 * @param instances - The names of the configured controllers.
 */
export function findFolder(
  service: DeliveredService,
  instances: readonly string[],
): ProposedFolder {
  const key = DELIVERY_ANNOTATIONS.jenkinsFolder;
  const value = service.annotations[key]?.trim();
  if (!value) {
    return {
      kind: 'missing',
      reason: `${service.entityRef} has no annotation ${key}; set it to its Jenkins folder.`,
    };
  }
  const at = value.indexOf(':');
  const named = at < 0 ? undefined : value.slice(0, at);
  const folder = value.slice(at + 1);
  const fallback = instances.length === 1 ? instances[0] : DEFAULT_INSTANCE;
  const instance = named ?? fallback;
  if (!instances.includes(instance)) {
    return {
      kind: 'refused',
      reason:
        named === undefined
          ? `Several Jenkins controllers are configured and none is called '${DEFAULT_INSTANCE}'; write the annotation ${key} as <instance>:<folder>.`
          : `The annotation ${key} names the Jenkins controller '${named}', which is not configured.`,
    };
  }
  try {
    jobPath(folder);
  } catch (error) {
    return {
      kind: 'refused',
      reason: `The annotation ${key} is not usable: ${
        isError(error) ? error.message : String(error)
      }.`,
    };
  }
  return { kind: 'folder', instance, folder };
}
