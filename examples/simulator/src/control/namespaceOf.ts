// SPDX-License-Identifier: Apache-2.0

/** The namespace that a service has for an environment, by the demo's naming. */
export function namespaceOf(target: {
  service: string;
  environment: string;
}): string {
  return `${target.service}-${target.environment}`;
}
