// SPDX-License-Identifier: Apache-2.0
import type { KindTable } from '../model/KindTable';
import type { ResourceKind } from '../model/ResourceKind';

/** What a path of the API names: a collection, one object, or a part of it. */
export interface ResourcePath {
  kind: ResourceKind;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/** Reads a path such as `/apis/apps/v1/namespaces/web/deployments/shop/status`; undefined when no kind is served there. */
export function parseResourcePath(
  path: string,
  kinds: KindTable,
): ResourcePath | undefined {
  const parts = path.split('/').filter(part => part !== '');
  const root = parts.shift();
  let apiVersion: string | undefined;
  if (root === 'api') {
    apiVersion = parts.shift();
  } else if (root === 'apis') {
    apiVersion = parts.splice(0, 2).join('/');
  }
  if (apiVersion === undefined || parts.length === 0) {
    return undefined;
  }
  const [first, second, third] = parts;
  const inNamespace =
    first === 'namespaces' &&
    third !== undefined &&
    kinds.findByPath(apiVersion, third) !== undefined;
  const [resource, name, subresource, ...rest] = inNamespace
    ? parts.slice(2)
    : parts;
  const kind = kinds.findByPath(apiVersion, resource);
  const misplaced =
    kind === undefined ||
    rest.length > 0 ||
    (inNamespace && !kind.namespaced) ||
    (name !== undefined && kind.namespaced && !inNamespace);
  if (misplaced) {
    return undefined;
  }
  return {
    kind,
    namespace: inNamespace ? second : undefined,
    name,
    subresource,
  };
}
