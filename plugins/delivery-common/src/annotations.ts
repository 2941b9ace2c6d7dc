// SPDX-License-Identifier: Apache-2.0
/**
 * The annotations delivery reads. All of them hold names, never addresses.
 * @public
 */
export const DELIVERY_ANNOTATIONS = {
  /** The Jenkins folder with the jobs `image` and `chart`. */
  jenkinsFolder: 'jenkins.io/job-full-name',
  /** The Spinnaker application. */
  spinnakerApplication: 'spinnaker.io/application-name',
  /** The label value of the Workloads. */
  kubernetesId: 'backstage.io/kubernetes-id',
  /** A full label selector of the Workloads, instead of the id. */
  kubernetesLabelSelector: 'backstage.io/kubernetes-label-selector',
  /** The promotion path, when it is not the default one. */
  path: 'delivery/path',
  /**
   * The Environments that are switched instead of rolled out, such as
   * `prod=blue-green, staging=blue-green`.
   */
  strategy: 'delivery/strategy',
  /** What renders the manifests: `helm` when absent, or `kustomize`. */
  renderer: 'delivery/renderer',
  /** How the engine gets the chart: `registry` when absent, or `embedded`. */
  chartHandOver: 'delivery/chart-hand-over',
} as const;

/** The `spec.type` of the catalog Resource that is a chart repository. @public */
export const CHART_RESOURCE_TYPE = 'helm-chart';
