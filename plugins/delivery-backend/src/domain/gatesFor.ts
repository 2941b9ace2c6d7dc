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
 * The same Gates are the same list, so that what is worked out for it is worked
 * out once.
 */
export function gatesFor(
  environment: EnvironmentConfig,
  service: PolicySubject,
  policies: readonly PolicyConfig[],
): readonly ConfiguredGate[] {
  const adding = policies.filter(
    ({ gates, match }) =>
      gates.length > 0 && matches(match, environment, service),
  );
  return adding.length === 0
    ? environment.gates
    : mergedOnce(environment, policies, adding);
}

/** The Gates of an Environment with those of policies: one list for each set of them. */
const merged = new WeakMap<
  EnvironmentConfig,
  {
    policies: readonly PolicyConfig[];
    lists: Map<string, readonly ConfiguredGate[]>;
  }
>();

function mergedOnce(
  environment: EnvironmentConfig,
  policies: readonly PolicyConfig[],
  adding: readonly PolicyConfig[],
): readonly ConfiguredGate[] {
  let known = merged.get(environment);
  if (known?.policies !== policies) {
    known = { policies, lists: new Map() };
    merged.set(environment, known);
  }
  const key = adding.map(policy => policies.indexOf(policy)).join();
  const list = known.lists.get(key) ?? [
    ...environment.gates,
    ...adding.flatMap(policy => policy.gates),
  ];
  known.lists.set(key, list);
  return list;
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
