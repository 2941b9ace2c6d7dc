// SPDX-License-Identifier: Apache-2.0
import type {
  ConfiguredGate,
  EnvironmentConfig,
  PolicyConfig,
} from '../config/DeliveryConfig';

/** What a policy looks at to know whether it matches. */
export type PolicySubject = {
  tags?: readonly string[];
  owner?: string;
  system?: string;
};

/**
 * The Gates before an Environment for a Service: its own, and those of every
 * policy that matches.
 *
 * @remarks
 * A Promotion must pass all of them, so the stricter one always wins and a deny
 * beats an allow: a policy can add to what an Environment asks, never take away.
 * All parts of a match must hold; a part that is left out matches everything.
 */
export function gatesFor(
  environment: EnvironmentConfig,
  service: PolicySubject,
  policies: readonly PolicyConfig[],
): ConfiguredGate[] {
  return [
    ...environment.gates,
    ...policies
      .filter(({ match }) => matches(match, environment, service))
      .flatMap(policy => policy.gates),
  ];
}

function matches(
  match: PolicyConfig['match'],
  environment: EnvironmentConfig,
  service: PolicySubject,
): boolean {
  return (
    among(match.environments, environment.name) &&
    among(match.tiers, environment.tier) &&
    among(match.owners, service.owner) &&
    among(match.systems, service.system) &&
    (!match.tags || match.tags.some(tag => service.tags?.includes(tag)))
  );
}

function among(
  names: readonly string[] | undefined,
  name: string | undefined,
): boolean {
  return !names || (name !== undefined && names.includes(name));
}
