// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from '../annotations';

/** How a new version takes the place of the old one. @public */
export type RolloutStrategy = 'rolling' | 'blue-green';

/**
 * The strategy that the annotations of a Service name for an Environment; `rolling` where they
 * name none.
 *
 * @public
 */
export function rolloutStrategy(
  annotations: Readonly<Record<string, string>>,
  environment: string,
): RolloutStrategy {
  const named = annotations[DELIVERY_ANNOTATIONS.strategy] ?? '';
  return named
    .split(',')
    .some(one => one.trim() === `${environment}=blue-green`)
    ? 'blue-green'
    : 'rolling';
}
