// SPDX-License-Identifier: Apache-2.0
import type { CertainPeople } from 'backstage-plugin-delivery-node';
import { pathText, type ConfigFault } from './ConfigFault';
import type { ConfiguredGate } from './DeliveryConfig';

/** What is wrong in a gate for certain, each by its own path. */
export function gateFaults(
  { config, gate, key }: Pick<ConfiguredGate, 'config' | 'gate' | 'key'>,
  people: CertainPeople,
): ConfigFault[] {
  return (gate.faults?.(config, people) ?? []).map(({ message, path }) => ({
    path: pathText([key, ...path]),
    message,
  }));
}
