// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import { parseFieldSelector } from '../selectors/parseFieldSelector';
import { parseLabelSelector } from '../selectors/parseLabelSelector';
import type { ResourcePath } from './parseResourcePath';

/** Says whether an object is in what a request asks for. */
export type ObjectFilter = (object: KubernetesObject) => boolean;

/**
 * Reads `labelSelector`, `fieldSelector` and the namespace of a request into one filter.
 *
 * @throws ApiError 400 when a selector cannot be parsed or is not supported.
 */
export function parseObjectFilter(
  query: URLSearchParams,
  path: ResourcePath,
): ObjectFilter {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(
    query.get('fieldSelector') ?? '',
    path.kind,
  );
  return object =>
    (path.namespace === undefined ||
      object.metadata.namespace === path.namespace) &&
    (path.name === undefined || object.metadata.name === path.name) &&
    labels(object.metadata.labels ?? {}) &&
    fields(object);
}
