// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from '../annotations';
import { manifestRenderer } from './manifestRenderer';

/**
 * How the engine gets the chart of a Release: it reads it from the chart repository, or the
 * very package travels with the start.
 *
 * @public
 */
export type ChartHandOver = 'registry' | 'embedded';

/**
 * The largest package of a chart that travels with a start, in bytes.
 *
 * @remarks
 * Base64 makes 683 KiB of it. With the values beside it a request stays below 1 MiB, which is
 * what the proxies that stand before an engine let through unless somebody raised it; and the
 * engine keeps the package with every execution.
 *
 * @public
 */
export const EMBEDDED_CHART_MAX_BYTES = 512 * 1024;

/**
 * The hand-over that the annotations of a Service name; `registry` where they name none, and
 * for what is rendered with Kustomize, which is read from Git.
 *
 * @public
 */
export function chartHandOver(
  annotations: Readonly<Record<string, string>>,
): ChartHandOver {
  return annotations[DELIVERY_ANNOTATIONS.chartHandOver] === 'embedded' &&
    manifestRenderer(annotations) === 'helm'
    ? 'embedded'
    : 'registry';
}
