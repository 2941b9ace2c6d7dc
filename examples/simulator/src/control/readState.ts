// SPDX-License-Identifier: Apache-2.0
import { VENDORS, VendorName } from '../config';
import type { JournalEntry } from '../Journal';
import type { VendorCondition } from '../vendors/Vendor';
import type { ControlContext } from './ControlContext';
import { readServices, ServiceState } from './readServices';
import { readWorkloads, WorkloadState } from './readWorkloads';

/** How the simulated world is, for the control page and for tests. */
export interface SimulatorState {
  /** Simulated time, ISO 8601. */
  now: string;
  /** How far it is ahead of the machine's clock, in milliseconds. */
  offsetMs: number;
  vendors: VendorState[];
  services: ServiceState[];
  workloads: WorkloadState[];
  journal: readonly JournalEntry[];
}

/** One vendor; without a condition it is not simulated here. */
export interface VendorState {
  name: VendorName;
  url?: string;
  condition?: VendorCondition;
  /** The conditions it can be put into. */
  conditions: readonly VendorCondition[];
}

/** Reads how everything is now. */
export async function readState(
  context: ControlContext,
): Promise<SimulatorState> {
  const { clock, journal, vendors } = context;
  const { github, kubernetes } = vendors;
  return {
    now: clock.now().toISOString(),
    offsetMs: clock.offsetMs,
    vendors: VENDORS.map(name => {
      const { url, condition, conditions = [] } = vendors[name] ?? {};
      return { name, url, condition, conditions };
    }),
    services: github ? await readServices(github.repositories) : [],
    workloads: kubernetes ? readWorkloads(kubernetes) : [],
    journal: journal.entries(),
  };
}
