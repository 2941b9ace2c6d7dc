// SPDX-License-Identifier: Apache-2.0

/**
 * Watches Kubernetes clusters and reports what runs.
 *
 * @packageDocumentation
 */

export { default } from './module';
export {
  KubernetesObserver,
  type KubernetesObserverOptions,
} from './KubernetesObserver';
export { NAMESPACE_ENTITY_ANNOTATION } from './view/NamespaceOwnership';
export type { ClusterSettings } from './config/ClusterSettings';
export type { WatchTiming } from './watch/WatchTiming';
