// SPDX-License-Identifier: Apache-2.0

/** A kind of object that is watched; nothing else is ever asked for. */
export type WatchedKind =
  | 'Pod'
  | 'Deployment'
  | 'ReplicaSet'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'HelmRelease';

/** The kinds that are watched in every cluster; what runs follows from them. */
export const WATCHED_KINDS: readonly WatchedKind[] = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
];

/** Where the API serves a kind, over all namespaces, and how it is asked for. */
export interface WatchedResource {
  path: string;
  /** Which of them are asked for; all when absent. */
  query?: { readonly [name: string]: string };
  /** How many are asked for at once. */
  page: number;
}

/** How each kind is asked for. */
export const WATCHED_RESOURCES: {
  readonly [kind in WatchedKind]: WatchedResource;
} = {
  Pod: { path: '/api/v1/pods', page: 500 },
  Deployment: { path: '/apis/apps/v1/deployments', page: 500 },
  ReplicaSet: { path: '/apis/apps/v1/replicasets', page: 500 },
  StatefulSet: { path: '/apis/apps/v1/statefulsets', page: 500 },
  DaemonSet: { path: '/apis/apps/v1/daemonsets', page: 500 },
  // Helm keeps its records in Secrets of a type of their own; no other is asked for. One may
  // have a megabyte.
  HelmRelease: {
    path: '/api/v1/secrets',
    query: {
      fieldSelector: 'type=helm.sh/release.v1',
      labelSelector: 'owner=helm,status!=superseded',
    },
    page: 20,
  },
};
