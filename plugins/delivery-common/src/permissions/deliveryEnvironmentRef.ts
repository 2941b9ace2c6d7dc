// SPDX-License-Identifier: Apache-2.0
/**
 * The resource reference of a Service in one Environment:
 * `component:default/orders#prod`.
 * @public
 */
export function deliveryEnvironmentRef(
  service: string,
  environment: string,
): string {
  return `${service}#${environment}`;
}
