// SPDX-License-Identifier: Apache-2.0

/** The label `helm.sh/chart` of what a version of a chart renders. */
export function chartLabelOf(chart: { name: string; version: string }): string {
  return `${chart.name}-${chart.version}`;
}
