// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '@backstage/types';
import { ApiError } from '../model/ApiError';
import { isJsonObject, type KubernetesObject } from '../model/KubernetesObject';
import type { ResourceKind } from '../model/ResourceKind';

/** Says whether an object is selected by its fields. */
export type FieldSelector = (object: KubernetesObject) => boolean;

const EVERY_KIND = ['metadata.name', 'metadata.namespace'];

const BY_KIND: { [kind: string]: string[] } = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'reason',
    'type',
  ],
  Namespace: ['status.phase'],
  Secret: ['type'],
  Job: ['status.successful'],
  ReplicaSet: ['status.replicas'],
};

/**
 * Parses the `fieldSelector` of a request: `path=value` and `path!=value`, joined by commas.
 *
 * @remarks
 * Like the real server it knows only a few paths for each kind and refuses the others, so a
 * client that would fail in production fails here too.
 *
 * @throws ApiError 400 for a path that the kind does not support.
 */
export function parseFieldSelector(
  text: string,
  kind: ResourceKind,
): FieldSelector {
  const supported = new Set([...EVERY_KIND, ...(BY_KIND[kind.kind] ?? [])]);
  const terms = text
    .split(',')
    .map(term => term.trim())
    .filter(term => term !== '')
    .map(term => {
      const match = /^([A-Za-z.]+)\s*(==|=|!=)\s*(.*)$/.exec(term);
      if (!match) {
        throw ApiError.badRequest(
          `invalid selector: '${term}'; can't understand '${term}'`,
        );
      }
      const [, path, operator, value] = match;
      if (!supported.has(path)) {
        throw ApiError.badRequest(
          kind.kind in BY_KIND
            ? `field label not supported: ${path}`
            : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
        );
      }
      const keys = path.split('.');
      return (object: KubernetesObject) =>
        (readText(object, keys) === value) === (operator !== '!=');
    });
  return object => terms.every(term => term(object));
}

function readText(object: KubernetesObject, keys: string[]): string {
  let value: JsonValue | undefined = object;
  for (const key of keys) {
    value = isJsonObject(value) ? value[key] : undefined;
  }
  return value === undefined || value === null ? '' : String(value);
}
