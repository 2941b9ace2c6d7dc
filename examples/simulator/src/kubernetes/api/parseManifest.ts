// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { ApiError } from '../model/ApiError';
import {
  objectManifestSchema,
  type ObjectManifest,
} from '../model/KubernetesObject';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';

/**
 * Reads a body as an object of a kind; a body that names no kind is taken for one.
 *
 * @throws ApiError 400 when it cannot be one.
 */
export function parseManifest(
  kind: ResourceKind,
  body: JsonObject,
): ObjectManifest {
  const parsed = objectManifestSchema.safeParse({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    ...body,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw ApiError.badRequest(
      `${kind.kind} in version "${kind.version}" cannot be handled as a ${
        kind.kind
      }: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return parsed.data;
}
