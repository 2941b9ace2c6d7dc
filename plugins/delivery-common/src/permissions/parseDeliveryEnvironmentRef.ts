// SPDX-License-Identifier: Apache-2.0
/**
 * The Service and the Environment of a resource reference, or `undefined` when
 * it is not one.
 * @public
 */
export function parseDeliveryEnvironmentRef(
  ref: string,
): { service: string; environment: string } | undefined {
  const [service, environment, ...rest] = ref.split('#');
  if (!service || !environment || rest.length > 0) {
    return undefined;
  }
  return { service, environment };
}
