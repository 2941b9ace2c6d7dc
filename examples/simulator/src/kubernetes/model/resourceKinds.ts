// SPDX-License-Identifier: Apache-2.0
import type { ResourceKind } from './ResourceKind';

type Row = [
  kind: string,
  resource: string,
  options?: Partial<
    Pick<ResourceKind, 'namespaced' | 'shortNames' | 'subresources'>
  >,
];

function rows(group: string, version: string, table: Row[]): ResourceKind[] {
  return table.map(([kind, resource, options]) => ({
    group,
    version,
    kind,
    resource,
    namespaced: true,
    ...options,
  }));
}

/**
 * Every kind the API server knows without being told of more.
 *
 * @remarks
 * Workloads, Pods, Jobs, Namespaces and Nodes have controllers behind them; everything else
 * is stored, listed and watched, and nothing more happens to it.
 */
export const resourceKinds: readonly ResourceKind[] = [
  ...rows('', 'v1', [
    [
      'Namespace',
      'namespaces',
      { namespaced: false, shortNames: ['ns'], subresources: ['status'] },
    ],
    [
      'Node',
      'nodes',
      { namespaced: false, shortNames: ['no'], subresources: ['status'] },
    ],
    ['Pod', 'pods', { shortNames: ['po'], subresources: ['status', 'log'] }],
    ['Service', 'services', { shortNames: ['svc'], subresources: ['status'] }],
    ['ConfigMap', 'configmaps', { shortNames: ['cm'] }],
    ['Secret', 'secrets'],
    ['ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }],
    ['Event', 'events', { shortNames: ['ev'] }],
    ['Endpoints', 'endpoints', { shortNames: ['ep'] }],
    [
      'PersistentVolumeClaim',
      'persistentvolumeclaims',
      { shortNames: ['pvc'] },
    ],
    ['ResourceQuota', 'resourcequotas', { shortNames: ['quota'] }],
    ['LimitRange', 'limitranges', { shortNames: ['limits'] }],
  ]),
  ...rows('apps', 'v1', [
    [
      'Deployment',
      'deployments',
      { shortNames: ['deploy'], subresources: ['status', 'scale'] },
    ],
    [
      'ReplicaSet',
      'replicasets',
      { shortNames: ['rs'], subresources: ['status', 'scale'] },
    ],
    [
      'StatefulSet',
      'statefulsets',
      { shortNames: ['sts'], subresources: ['status', 'scale'] },
    ],
    [
      'DaemonSet',
      'daemonsets',
      { shortNames: ['ds'], subresources: ['status'] },
    ],
    ['ControllerRevision', 'controllerrevisions'],
  ]),
  ...rows('batch', 'v1', [
    ['Job', 'jobs', { subresources: ['status'] }],
    ['CronJob', 'cronjobs', { shortNames: ['cj'], subresources: ['status'] }],
  ]),
  ...rows('networking.k8s.io', 'v1', [
    ['Ingress', 'ingresses', { shortNames: ['ing'], subresources: ['status'] }],
    ['IngressClass', 'ingressclasses', { namespaced: false }],
    ['NetworkPolicy', 'networkpolicies', { shortNames: ['netpol'] }],
  ]),
  ...rows('policy', 'v1', [
    [
      'PodDisruptionBudget',
      'poddisruptionbudgets',
      { shortNames: ['pdb'], subresources: ['status'] },
    ],
  ]),
  ...rows('autoscaling', 'v2', [
    [
      'HorizontalPodAutoscaler',
      'horizontalpodautoscalers',
      { shortNames: ['hpa'], subresources: ['status'] },
    ],
  ]),
  ...rows('rbac.authorization.k8s.io', 'v1', [
    ['Role', 'roles'],
    ['RoleBinding', 'rolebindings'],
    ['ClusterRole', 'clusterroles', { namespaced: false }],
    ['ClusterRoleBinding', 'clusterrolebindings', { namespaced: false }],
  ]),
  ...rows('discovery.k8s.io', 'v1', [['EndpointSlice', 'endpointslices']]),
  ...rows('coordination.k8s.io', 'v1', [['Lease', 'leases']]),
  ...rows('storage.k8s.io', 'v1', [
    [
      'StorageClass',
      'storageclasses',
      { namespaced: false, shortNames: ['sc'] },
    ],
  ]),
];
