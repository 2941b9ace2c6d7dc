// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { KindTable } from '../model/KindTable';
import { apiVersionOf, type ResourceKind } from '../model/ResourceKind';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

const IN_ALL = new Set([
  'Pod',
  'Service',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
]);

const VERSION: JsonObject = {
  major: '1',
  minor: '35',
  gitVersion: 'v1.35.0',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-12-17T00:00:00Z',
  goVersion: 'go1.25.5',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Answers the paths by which a client learns what the server is and serves; undefined for any other path. */
export function discover(
  path: string,
  kinds: KindTable,
): JsonObject | undefined {
  if (path === '/version') {
    return VERSION;
  }
  if (path === '/api') {
    return {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [],
    };
  }
  const groups = groupsOf(kinds);
  if (path === '/apis') {
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [...groups.values()],
    };
  }
  const [, root, group, version, ...rest] = path.split('/');
  if (rest.length > 0) {
    return undefined;
  }
  if (root === 'api' && version === undefined) {
    return resourceList(group, kinds);
  }
  if (root !== 'apis' || group === undefined) {
    return undefined;
  }
  const found = groups.get(group);
  return version === undefined
    ? found && { kind: 'APIGroup', apiVersion: 'v1', ...found }
    : resourceList(`${group}/${version}`, kinds);
}

function groupsOf(kinds: KindTable): Map<string, JsonObject> {
  const versions = new Map<string, Set<string>>();
  for (const kind of kinds.all()) {
    if (kind.group !== '') {
      const known = versions.get(kind.group) ?? new Set();
      versions.set(kind.group, known.add(kind.version));
    }
  }
  return new Map(
    [...versions].map(([name, known]) => {
      const list = [...known].map(version => ({
        groupVersion: `${name}/${version}`,
        version,
      }));
      return [name, { name, versions: list, preferredVersion: list[0] }];
    }),
  );
}

function resourceList(
  groupVersion: string,
  kinds: KindTable,
): JsonObject | undefined {
  const served = kinds
    .all()
    .filter(kind => apiVersionOf(kind) === groupVersion);
  if (served.length === 0) {
    return undefined;
  }
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: served.flatMap(describeKind),
  };
}

function describeKind(kind: ResourceKind): JsonObject[] {
  const { namespaced } = kind;
  return [
    {
      name: kind.resource,
      singularName: kind.kind.toLowerCase(),
      namespaced,
      kind: kind.kind,
      verbs: VERBS,
      ...(kind.shortNames ? { shortNames: kind.shortNames } : {}),
      ...(IN_ALL.has(kind.kind) ? { categories: ['all'] } : {}),
    },
    ...(kind.subresources ?? []).map(subresource => ({
      name: `${kind.resource}/${subresource}`,
      singularName: '',
      namespaced,
      kind: subresource === 'scale' ? 'Scale' : kind.kind,
      ...(subresource === 'scale'
        ? { group: 'autoscaling', version: 'v1' }
        : {}),
      verbs: subresource === 'log' ? ['get'] : ['get', 'patch', 'update'],
    })),
  ];
}
