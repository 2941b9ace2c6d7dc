// SPDX-License-Identifier: Apache-2.0

/** One kind of object the API server serves. */
export interface ResourceKind {
  /** The API group; empty for the core group. */
  group: string;
  version: string;
  kind: string;
  /** The plural in the path, for example `deployments`. */
  resource: string;
  namespaced: boolean;
  shortNames?: string[];
  /** Subresources served beside the object, for example `status`. */
  subresources?: ('status' | 'scale' | 'log')[];
}

/** The group and version as written in `apiVersion`, for example `apps/v1`. */
export function apiVersionOf(kind: ResourceKind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** The name under which the server's messages speak of a kind, for example `deployments.apps`. */
export function qualifiedResource(kind: ResourceKind): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}
