// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import type { ResourcePath } from './parseResourcePath';

/**
 * The Kubernetes verb of a request.
 *
 * @throws ApiError 404 for a subresource the kind lacks, 405 for a method with no meaning there.
 */
export function verbOf(
  method: string,
  path: ResourcePath,
  query: URLSearchParams,
): string {
  const { kind, name, subresource } = path;
  const known: string[] = [...(kind.subresources ?? [])];
  if (subresource !== undefined && !known.includes(subresource)) {
    throw ApiError.notFoundMessage(
      'the server could not find the requested resource',
    );
  }
  const onCollection: { [method: string]: string } = {
    GET: ['true', '1'].includes(query.get('watch') ?? '') ? 'watch' : 'list',
    DELETE: 'deletecollection',
    POST: 'create',
  };
  const onObject: { [method: string]: string } = {
    GET: 'get',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
  };
  const verb = name === undefined ? onCollection[method] : onObject[method];
  const misplaced =
    (subresource !== undefined && verb === 'delete') ||
    (subresource === 'log' && verb !== 'get') ||
    (verb === 'create' && kind.namespaced && path.namespace === undefined);
  if (!verb || misplaced) {
    throw ApiError.methodNotAllowed();
  }
  return verb;
}
