// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ObjectKey } from '../store/ObjectStore';
import type { DeleteOptions } from './KubernetesApi';

/**
 * Checks what a delete was made to depend on.
 *
 * @throws ApiError 409 when the object is another one or has changed.
 */
export function requirePreconditions(
  key: ObjectKey,
  current: KubernetesObject,
  { preconditions }: DeleteOptions,
): void {
  for (const field of ['uid', 'resourceVersion'] as const) {
    const wanted = preconditions?.[field];
    if (wanted && wanted !== current.metadata[field]) {
      throw ApiError.conflict(
        key.kind,
        key.name,
        `Precondition failed: ${field} in precondition: ${wanted}, ${field} in object meta: ${current.metadata[field]}`,
      );
    }
  }
}
