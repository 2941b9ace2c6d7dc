// SPDX-License-Identifier: Apache-2.0
import type { ChartHandOver, Release } from 'backstage-plugin-delivery-common';
import type { Execution } from 'backstage-plugin-delivery-node';

/**
 * Why what an Execution was given is not what the Release holds for the Environment, or
 * `undefined` when it is, as far as the engine tells.
 *
 * @remarks
 * What an Execution says of itself proves nothing: this is about the bytes that came with its
 * start. A chart that the engine reads from its repository did not come with it.
 */
export function foreignContent(
  execution: Pick<Execution, 'received'>,
  expected: {
    release: Pick<Release, 'chart' | 'number' | 'values'>;
    environment: string;
    handOver: ChartHandOver;
  },
): string | undefined {
  const { values, chart } = execution.received ?? {};
  const { environment, handOver, release } = expected;
  if (values !== undefined && values !== release.values.files[environment]) {
    return `it was given other values than Release ${release.number} has for ${environment}`;
  }
  if (handOver === 'embedded' && chart !== release.chart.digest) {
    return chart
      ? `it was given another chart than that of Release ${release.number}`
      : `it was not given the chart of Release ${release.number}`;
  }
  return undefined;
}
