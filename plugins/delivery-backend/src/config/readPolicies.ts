// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { faultsOf, pathText, type ConfigFault } from './ConfigFault';
import type { PolicyConfig } from './DeliveryConfig';
import { policyConfigSchema } from './environmentConfigSchema';
import { readGates } from './readGates';

/** The policies, and everything that is wrong in them. */
export function readPolicies(
  written: readonly unknown[],
  options: {
    types: ReadonlyMap<string, Gate>;
    path: readonly PropertyKey[];
  },
): { policies: PolicyConfig[]; faults: ConfigFault[] } {
  const policies: PolicyConfig[] = [];
  const faults: ConfigFault[] = [];
  written.forEach((entry, index) => {
    const path = [...options.path, index];
    const parsed = policyConfigSchema.safeParse(entry);
    if (!parsed.success) {
      faults.push(...faultsOf(parsed.error, path));
      return;
    }
    const { gates: writtenGates, match, name } = parsed.data;
    const read = readGates(writtenGates, {
      types: options.types,
      path: [...path, 'gates'],
    });
    faults.push(...read.faults);
    if (policies.some(policy => policy.name === name)) {
      faults.push({
        path: pathText([...path, 'name']),
        message: `another policy is called "${name}"`,
      });
      return;
    }
    policies.push({
      name,
      match,
      gates: read.gates.map(gate => ({
        ...gate,
        id: `${name}/${gate.id}`,
        policy: name,
      })),
    });
  });
  return { policies, faults };
}
