// SPDX-License-Identifier: Apache-2.0

const KINDS: Record<string, { api: string; plural: string }> = {
  ConfigMap: { api: '/api/v1', plural: 'configmaps' },
  PersistentVolumeClaim: { api: '/api/v1', plural: 'persistentvolumeclaims' },
  Pod: { api: '/api/v1', plural: 'pods' },
  Secret: { api: '/api/v1', plural: 'secrets' },
  Service: { api: '/api/v1', plural: 'services' },
  ServiceAccount: { api: '/api/v1', plural: 'serviceaccounts' },
  DaemonSet: { api: '/apis/apps/v1', plural: 'daemonsets' },
  Deployment: { api: '/apis/apps/v1', plural: 'deployments' },
  ReplicaSet: { api: '/apis/apps/v1', plural: 'replicasets' },
  StatefulSet: { api: '/apis/apps/v1', plural: 'statefulsets' },
  CronJob: { api: '/apis/batch/v1', plural: 'cronjobs' },
  Job: { api: '/apis/batch/v1', plural: 'jobs' },
  HorizontalPodAutoscaler: {
    api: '/apis/autoscaling/v2',
    plural: 'horizontalpodautoscalers',
  },
  Ingress: { api: '/apis/networking.k8s.io/v1', plural: 'ingresses' },
  NetworkPolicy: {
    api: '/apis/networking.k8s.io/v1',
    plural: 'networkpolicies',
  },
  PodDisruptionBudget: {
    api: '/apis/policy/v1',
    plural: 'poddisruptionbudgets',
  },
};

/** The path of one object, or of its kind's list without a name; `undefined` for an unknown kind. */
export function kubernetesPath(target: {
  kind: string;
  namespace: string;
  name?: string;
}): string | undefined {
  const known = KINDS[target.kind];
  if (!known) {
    return undefined;
  }
  const list = `${known.api}/namespaces/${encodeURIComponent(
    target.namespace,
  )}/${known.plural}`;
  return target.name === undefined
    ? list
    : `${list}/${encodeURIComponent(target.name)}`;
}
