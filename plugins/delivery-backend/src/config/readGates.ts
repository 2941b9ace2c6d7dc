// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { faultsOf, pathText, type ConfigFault } from './ConfigFault';
import type { ConfiguredGate } from './DeliveryConfig';
import { gateFaults } from './gateFaults';
import { gateEntrySchema, gateKindsSchema } from './environmentConfigSchema';

type Path = readonly PropertyKey[];

/** The gates of one Environment, and everything that is wrong in them. */
export function readGates(
  written: readonly unknown[],
  options: { types: ReadonlyMap<string, Gate>; path: Path },
): { gates: ConfiguredGate[]; faults: ConfigFault[] } {
  const gates: ConfiguredGate[] = [];
  const faults: ConfigFault[] = [];
  written.forEach((entry, index) => {
    const path = [...options.path, index];
    const read = readGate(entry, { types: options.types, path });
    faults.push(...read.faults);
    if (!read.gate) {
      return;
    }
    const { id } = read.gate;
    if (gates.some(gate => gate.id === id)) {
      faults.push({
        path: pathText([...path, 'id']),
        message: `another gate here is called "${id}"; give one of them an id of its own`,
      });
      return;
    }
    gates.push(read.gate);
  });
  return { gates, faults };
}

function readGate(
  written: unknown,
  options: { types: ReadonlyMap<string, Gate>; path: Path },
): { gate?: ConfiguredGate; faults: ConfigFault[] } {
  const { path, types } = options;
  const entry = gateEntrySchema.safeParse(written);
  if (!entry.success) {
    return { faults: faultsOf(entry.error, path) };
  }
  const { type, id, kinds, mode, onUnknown, overridable, ...rest } = entry.data;
  const gate = types.get(type);
  if (!gate) {
    const known = [...types.keys()].sort().join(', ');
    return {
      faults: [
        {
          path: pathText([...path, 'type']),
          message: `there is no gate "${type}"; there are ${known}`,
        },
      ],
    };
  }
  const { for: listed, ...withoutFor } = rest;
  const own = { type, ...(Array.isArray(listed) ? withoutFor : rest) };
  const faults: ConfigFault[] = [];
  let appliesTo: ConfiguredGate['appliesTo'] = kinds ?? gate.defaultFor;
  if (Array.isArray(listed)) {
    const parsed = gateKindsSchema.safeParse(listed);
    if (parsed.success) {
      appliesTo = parsed.data;
    } else {
      faults.push(...faultsOf(parsed.error, [...path, 'for']));
    }
  }
  const config = gate.configSchema.safeParse(own);
  if (config.success) {
    faults.push(
      ...gateFaults(
        { gate, config: config.data, key: pathText(path) },
        new Map(),
      ),
    );
  } else {
    faults.push(...faultsOf(config.error, path));
  }
  return faults.length > 0 || !config.success
    ? { faults }
    : {
        gate: {
          id: id ?? type,
          key: pathText(path),
          gate,
          config: config.data,
          written: entry.data,
          appliesTo,
          mode,
          onUnknown,
          overridable,
        },
        faults,
      };
}
