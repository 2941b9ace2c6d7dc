// SPDX-License-Identifier: Apache-2.0

/** A kind of object that is watched in every cluster; nothing else is ever asked for. */
export type WatchedKind =
  | 'Pod'
  | 'Deployment'
  | 'ReplicaSet'
  | 'StatefulSet'
  | 'DaemonSet';

/** Where the API serves each watched kind, over all namespaces. */
export const WATCHED_PATHS: { readonly [kind in WatchedKind]: string } = {
  Pod: '/api/v1/pods',
  Deployment: '/apis/apps/v1/deployments',
  ReplicaSet: '/apis/apps/v1/replicasets',
  StatefulSet: '/apis/apps/v1/statefulsets',
  DaemonSet: '/apis/apps/v1/daemonsets',
};

/** All watched kinds. */
export const WATCHED_KINDS: readonly WatchedKind[] = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
];
