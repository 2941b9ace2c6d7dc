// SPDX-License-Identifier: Apache-2.0
import { DELIVERY_ANNOTATIONS } from '../annotations';

/**
 * How a new version takes the place of the old one.
 *
 * @remarks
 * `rolling-again` is for an Environment that was switched blue-green before: it is rolled out,
 * and then what the last switch left is removed.
 *
 * @public
 */
export type RolloutStrategy = 'rolling' | 'rolling-again' | 'blue-green';

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
  const named = (annotations[DELIVERY_ANNOTATIONS.strategy] ?? '')
    .split(',')
    .map(one => one.trim());
  const says = (strategy: RolloutStrategy) =>
    named.includes(`${environment}=${strategy}`);
  if (says('blue-green')) {
    return 'blue-green';
  }
  return says('rolling-again') ? 'rolling-again' : 'rolling';
}
