// SPDX-License-Identifier: Apache-2.0
import { VENDORS, VendorName } from '../config';
import type { JournalEntry } from '../Journal';
import type { ControlContext } from './ControlContext';
import { listServices } from './locateService';

/** How the simulated world is, for the control page and for tests. */
export interface SimulatorState {
  /** Simulated time, ISO 8601. */
  now: string;
  /** How far it is ahead of the machine's clock, in milliseconds. */
  offsetMs: number;
  vendors: VendorState[];
  services: ServiceState[];
  journal: readonly JournalEntry[];
}

/** One vendor; `condition` is `absent` when it is not simulated here. */
export interface VendorState {
  name: VendorName;
  url?: string;
  condition: 'normal' | 'slow' | 'error' | 'down' | 'absent';
}

/** One service and where its sources are. */
export interface ServiceState {
  name: string;
  artifactRepository: string;
  chartRepository: string;
  /** The environments that the chart repository has values for. */
  environments: string[];
}

const VALUES_FILE = /^values-([a-z0-9-]+)\.yaml$/;

/** Reads how everything is now. */
export async function readState(
  context: ControlContext,
): Promise<SimulatorState> {
  const { clock, journal, vendors } = context;
  return {
    now: clock.now().toISOString(),
    offsetMs: clock.offsetMs,
    vendors: VENDORS.map(name => vendorState(name, context)),
    services: vendors.github ? await readServices(context) : [],
    journal: journal.entries(),
  };
}

function vendorState(name: VendorName, context: ControlContext): VendorState {
  const vendor = context.vendors[name];
  if (!vendor) {
    return { name, condition: 'absent' };
  }
  const { kind } = vendor.fault;
  return {
    name,
    url: vendor.url,
    condition: kind === 'none' ? 'normal' : kind,
  };
}

async function readServices(context: ControlContext): Promise<ServiceState[]> {
  const { github } = context.vendors;
  const services = github ? listServices(github.repositories) : [];
  return Promise.all(
    services.map(async ({ service, artifact, chart }) => {
      const { owner, defaultBranch } = artifact.record.value;
      const head = await chart.git.resolve(defaultBranch);
      const root = head && (await chart.git.entry(head, ''));
      const files = root ? await chart.git.entries(root.sha) : [];
      return {
        name: service,
        artifactRepository: `${owner}/${service}`,
        chartRepository: `${owner}/${chart.record.value.name}`,
        environments: files.flatMap(
          ({ path }) => VALUES_FILE.exec(path)?.[1] ?? [],
        ),
      };
    }),
  );
}
