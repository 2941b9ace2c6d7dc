// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { KindTable } from '../model/KindTable';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';

const ROOT = '/openapi/v3';

/**
 * Answers `/openapi/v3` as far as command line clients read it before they apply a manifest:
 * which kinds there are, and that the server validates fields itself. Undefined for other paths.
 */
export function describeOpenApi(
  path: string,
  kinds: KindTable,
): JsonObject | undefined {
  const documents = new Map<string, ResourceKind[]>();
  for (const kind of kinds.all()) {
    const name = rootOf(kind).slice(1);
    documents.set(name, [...(documents.get(name) ?? []), kind]);
  }
  if (path === ROOT) {
    const paths = [...documents.keys()].map(name => [
      name,
      { serverRelativeURL: `${ROOT}/${name}` },
    ]);
    return { paths: Object.fromEntries(paths) };
  }
  const served = documents.get(path.slice(ROOT.length + 1));
  if (!path.startsWith(`${ROOT}/`) || !served) {
    return undefined;
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.35.0' },
    paths: Object.fromEntries(
      served.map(kind => [objectPathOf(kind), describePatch(kind)]),
    ),
    components: { schemas: {} },
  };
}

function describePatch({ group, version, kind }: ResourceKind): JsonObject {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'];
  return {
    patch: {
      parameters: parameters.map(name => ({
        name,
        in: 'query',
        schema: { type: 'string' },
      })),
      'x-kubernetes-action': 'patch',
      'x-kubernetes-group-version-kind': { group, version, kind },
    },
  };
}

function objectPathOf(kind: ResourceKind): string {
  const scope = kind.namespaced ? '/namespaces/{namespace}' : '';
  return `${rootOf(kind)}${scope}/${kind.resource}/{name}`;
}

function rootOf(kind: ResourceKind): string {
  return `${kind.group === '' ? '/api' : '/apis'}/${apiVersionOf(kind)}`;
}
