// SPDX-License-Identifier: Apache-2.0
import { chartLabelOf } from './chartLabelOf';

/**
 * Whether a Workload's chart label names another version of a chart.
 *
 * @remarks
 * What a chart renders through one that it depends on carries that one's label, which says
 * nothing of the versions of the chart itself.
 */
export function carriesOtherVersion(
  label: string | undefined,
  chart: { name: string; version: string },
): boolean {
  if (label === undefined) {
    return false;
  }
  const [, name = label] = /^(.+?)-v?\d+\.\d+\.\d+/.exec(label) ?? [];
  return name === chart.name && label !== chartLabelOf(chart);
}
