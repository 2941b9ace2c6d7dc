// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { faultsOf, pathText, type ConfigFault } from './ConfigFault';
import type { EnvironmentConfig, PathConfig } from './DeliveryConfig';
import { environmentConfigSchema } from './environmentConfigSchema';
import { orderEnvironments } from './orderEnvironments';
import { readGates } from './readGates';

/** One promotion path, and everything that is wrong in it. */
export function readPath(
  written: unknown,
  options: {
    name: string;
    types: ReadonlyMap<string, Gate>;
    at: readonly PropertyKey[];
  },
): { path: PathConfig; faults: ConfigFault[] } {
  const { name, types, at } = options;
  const faults: ConfigFault[] = [];
  const path: PathConfig = { name, environments: [] };
  if (!Array.isArray(written)) {
    faults.push({ path: pathText(at), message: 'must be a list' });
    return { path, faults };
  }
  if (written.length === 0) {
    faults.push({
      path: pathText(at),
      message: 'must list at least one environment',
    });
  }
  const environments: (EnvironmentConfig & { index: number })[] = [];
  written.forEach((entry, index) => {
    const here = [...at, index];
    const parsed = environmentConfigSchema.safeParse(entry);
    if (!parsed.success) {
      faults.push(...faultsOf(parsed.error, here));
    }
    const gates = readGates(gatesOf(entry), {
      types,
      path: [...here, 'gates'],
    });
    faults.push(...gates.faults);
    if (!parsed.success) {
      return;
    }
    if (environments.some(other => other.name === parsed.data.name)) {
      faults.push({
        path: pathText([...here, 'name']),
        message: `there is another environment "${parsed.data.name}" on this path`,
      });
      return;
    }
    environments.push({
      ...parsed.data,
      gates: gates.gates,
      gated: parsed.data.entry !== 'automatic',
      index,
    });
  });
  faults.push(...unknownPredecessors(written, environments, at));
  const ordered = orderEnvironments(environments);
  if (ordered.state === 'circle') {
    const first = environments.find(({ name: n }) => n === ordered.circle[0]);
    faults.push({
      path: pathText([...at, first?.index ?? 0, 'after']),
      message: `goes in a circle: ${[...ordered.circle].reverse().join(' → ')}`,
    });
    return { path, faults };
  }
  return {
    path: {
      name,
      environments: ordered.environments.map(({ index: _, ...one }) => one),
    },
    faults,
  };
}

/** The gates are read even when the rest is wrong, so that all faults are told at once. */
function gatesOf(entry: unknown): unknown[] {
  return typeof entry === 'object' &&
    entry !== null &&
    'gates' in entry &&
    Array.isArray(entry.gates)
    ? entry.gates
    : [];
}

function unknownPredecessors(
  written: readonly unknown[],
  environments: readonly (EnvironmentConfig & { index: number })[],
  at: readonly PropertyKey[],
): ConfigFault[] {
  const names = written.map(entry =>
    typeof entry === 'object' && entry !== null && 'name' in entry
      ? entry.name
      : undefined,
  );
  return environments.flatMap(environment =>
    environment.after.flatMap((predecessor, position) =>
      names.includes(predecessor)
        ? []
        : [
            {
              path: pathText([...at, environment.index, 'after', position]),
              message: `there is no environment "${predecessor}" on this path`,
            },
          ],
    ),
  );
}
