// SPDX-License-Identifier: Apache-2.0

/**
 * The chart and version of a `helm.sh/chart` label, for example `shop-1.2.44`.
 *
 * @remarks
 * A label cannot carry the `+` of a version with build metadata, so Helm writes `_`; a version
 * never has an underscore of its own.
 */
export function readChartLabel(label: string | undefined): string | undefined {
  if (label === undefined) {
    return undefined;
  }
  return label.replace(
    /^(.*-v?\d+\.\d+\.\d+[0-9A-Za-z.-]*)_([0-9A-Za-z._-]+)$/,
    '$1+$2',
  );
}
