// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import type { KubernetesApi } from '../api/KubernetesApi';
import { ApiError } from '../model/ApiError';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import { jsonPatch, jsonPatchSchema } from '../patches/jsonPatch';
import { mergePatch } from '../patches/mergePatch';
import { strategicMergePatch } from '../patches/strategicMergePatch';
import type { ObjectKey } from '../store/ObjectStore';

const APPLY = 'application/apply-patch+yaml';
const STRATEGIC = 'application/strategic-merge-patch+json';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';

/** A PATCH request, read. */
export interface PatchRequest {
  key: ObjectKey;
  contentType: string;
  body: JsonValue | undefined;
  fieldManager: string | undefined;
  dryRun: boolean;
  subresource?: 'status';
}

/**
 * Answers a PATCH, in the way its content type names.
 *
 * @throws ApiError 415 for another content type, else as the API's change and apply.
 */
export function patchObject(
  api: KubernetesApi,
  request: PatchRequest,
): { object: KubernetesObject; created: boolean } {
  const { key, body, dryRun, subresource } = request;
  const type = request.contentType.split(';')[0].trim();
  if (type === APPLY) {
    if (!request.fieldManager) {
      throw new ApiError({
        code: 422,
        reason: 'Invalid',
        message:
          'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      });
    }
    const manifest = requireObject(body);
    if (manifest.apiVersion === undefined || manifest.kind === undefined) {
      throw ApiError.badRequest(
        'apply patch must carry apiVersion and kind of the object',
      );
    }
    return api.apply(key, {
      manifest,
      fieldManager: request.fieldManager,
      dryRun,
    });
  }
  const change = patchFunction(type, body);
  return {
    object: api.change({ key, change, dryRun, subresource }),
    created: false,
  };
}

/** The function by which a patch of a content type changes an object. */
export function patchFunction(
  contentType: string,
  body: JsonValue | undefined,
): (current: JsonObject) => JsonObject {
  switch (contentType.split(';')[0].trim()) {
    case STRATEGIC: {
      const patch = requireObject(body);
      return current => strategicMergePatch(current, patch);
    }
    case MERGE: {
      const patch = requireObject(body);
      return current => mergePatch(current, patch);
    }
    case JSON_PATCH: {
      const operations = jsonPatchSchema.safeParse(body);
      if (!operations.success) {
        throw ApiError.badRequest('the body is no JSON patch');
      }
      return current => jsonPatch(current, operations.data);
    }
    default:
      throw ApiError.unsupportedMediaType([
        JSON_PATCH,
        MERGE,
        STRATEGIC,
        APPLY,
      ]);
  }
}

function requireObject(body: JsonValue | undefined): JsonObject {
  if (!isJsonObject(body)) {
    throw ApiError.badRequest('the body of the request must be an object');
  }
  return body;
}
