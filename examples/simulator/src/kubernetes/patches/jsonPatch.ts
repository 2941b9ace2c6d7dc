// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { ApiError } from '../model/ApiError';
import { isJsonObject } from '../model/KubernetesObject';

const patchValue = z.custom<JsonValue>(value => value !== undefined);

const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: z.string(), value: patchValue }),
  z.object({ op: z.literal('replace'), path: z.string(), value: patchValue }),
  z.object({ op: z.literal('test'), path: z.string(), value: patchValue }),
  z.object({ op: z.literal('remove'), path: z.string() }),
]);

/** The operations of a JSON patch (RFC 6902) that clients of the API server send. */
export const jsonPatchSchema = z.array(operationSchema);

type Operation = z.infer<typeof operationSchema>;

/**
 * Applies a JSON patch.
 *
 * @throws ApiError 422 when a path is not there or a test fails.
 */
export function jsonPatch(
  target: JsonObject,
  operations: Operation[],
): JsonObject {
  const result = structuredClone(target);
  for (const operation of operations) {
    applyOperation(result, operation);
  }
  return result;
}

function applyOperation(root: JsonObject, operation: Operation): void {
  const keys = operation.path
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop();
  let parent: JsonValue | undefined = root;
  for (const key of keys) {
    parent = child(parent, key);
  }
  if (last === undefined || parent === undefined || parent === null) {
    throw unprocessable(operation.path);
  }
  if (Array.isArray(parent)) {
    changeList(parent, last, operation);
  } else if (isJsonObject(parent)) {
    changeObject(parent, last, operation);
  } else {
    throw unprocessable(operation.path);
  }
}

function changeObject(
  parent: JsonObject,
  key: string,
  operation: Operation,
): void {
  if (operation.op !== 'add' && !Object.hasOwn(parent, key)) {
    throw unprocessable(operation.path);
  }
  if (operation.op === 'remove') {
    delete parent[key];
  } else if (operation.op === 'test') {
    requireEqual(parent[key], operation);
  } else {
    parent[key] = operation.value;
  }
}

function changeList(
  parent: JsonValue[],
  key: string,
  operation: Operation,
): void {
  const index = key === '-' ? parent.length : Number(key);
  const limit = operation.op === 'add' ? parent.length : parent.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > limit) {
    throw unprocessable(operation.path);
  }
  if (operation.op === 'add') {
    parent.splice(index, 0, operation.value);
  } else if (operation.op === 'remove') {
    parent.splice(index, 1);
  } else if (operation.op === 'test') {
    requireEqual(parent[index], operation);
  } else {
    parent[index] = operation.value;
  }
}

function requireEqual(
  value: JsonValue | undefined,
  operation: Operation & { op: 'test' },
): void {
  if (!isDeepStrictEqual(value, operation.value)) {
    throw unprocessable(operation.path);
  }
}

function child(
  parent: JsonValue | undefined,
  key: string,
): JsonValue | undefined {
  if (Array.isArray(parent)) {
    return parent[Number(key)];
  }
  return isJsonObject(parent) ? parent[key] : undefined;
}

function unprocessable(path: string): ApiError {
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `the server rejected our request due to an error in our request: jsonpatch operation does not apply at ${path}`,
  });
}
