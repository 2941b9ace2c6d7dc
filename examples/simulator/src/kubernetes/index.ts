// SPDX-License-Identifier: Apache-2.0
export {
  startKubernetes,
  type RunningKubernetes,
  type StartKubernetesOptions,
} from './startKubernetes';
export {
  KubernetesCluster,
  type KubernetesClusterOptions,
} from './KubernetesCluster';
export type {
  ClusterReach,
  KubernetesControls,
} from './controls/KubernetesControls';
export type { RolloutFailure, WorkloadName } from './controllers/RolloutFaults';
export type { KubernetesTiming } from './controllers/KubernetesTiming';
export type { AccessRule, AccessToken } from './http/Authorizer';
export type {
  KubernetesObject,
  ObjectManifest,
} from './model/KubernetesObject';
export type { ResourceKind } from './model/ResourceKind';
export { ApiError } from './model/ApiError';
