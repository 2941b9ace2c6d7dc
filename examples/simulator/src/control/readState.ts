// SPDX-License-Identifier: Apache-2.0
import { VENDORS, VendorName } from '../config';
import type { JournalEntry } from '../Journal';
import type { VendorCondition } from '../vendors/Vendor';
import type { ControlContext } from './ControlContext';
import { JenkinsState, readJenkins } from './readJenkins';
import { readJournal } from './readJournal';
import { repositoryHosts } from './repositoryHosts';
import { readServices, ServiceState } from './readServices';
import { readSpinnaker, SpinnakerState } from './readSpinnaker';
import { readWorkloads, WorkloadState } from './readWorkloads';

/** How the simulated world is, for the control page and for tests. */
export interface SimulatorState {
  /** Simulated time, ISO 8601. */
  now: string;
  /** How far it is ahead of the machine's clock, in milliseconds. */
  offsetMs: number;
  vendors: VendorState[];
  services: ServiceState[];
  jenkins: JenkinsState;
  spinnaker: SpinnakerState;
  workloads: WorkloadState[];
  /** What happened lately, newest first. */
  journal: JournalEntry[];
}

/** One vendor; without a condition it is not simulated here. */
export interface VendorState {
  name: VendorName;
  url?: string;
  condition?: VendorCondition;
  /** The conditions it can be put into. */
  conditions: readonly VendorCondition[];
}

const NO_JENKINS: JenkinsState = { jobs: [], baseImages: [] };
const NO_SPINNAKER: SpinnakerState = {
  fault: 'none',
  pipelines: [],
  executions: [],
  deploys: 0,
};

/** Reads how everything is now. */
export async function readState(
  context: ControlContext,
): Promise<SimulatorState> {
  const { clock, journal, vendors } = context;
  const { kubernetes } = vendors;
  const hosts = repositoryHosts(vendors);
  const jenkins = vendors.jenkins
    ? await readJenkins(vendors.jenkins, hosts)
    : NO_JENKINS;
  const spinnaker = vendors.spinnaker
    ? readSpinnaker(vendors.spinnaker)
    : NO_SPINNAKER;
  return {
    now: clock.now().toISOString(),
    offsetMs: clock.offsetMs,
    vendors: VENDORS.map(name => {
      const { url, condition, conditions = [] } = vendors[name] ?? {};
      return { name, url, condition, conditions };
    }),
    services: await readServices(hosts),
    jenkins,
    spinnaker,
    workloads: kubernetes ? readWorkloads(kubernetes) : [],
    journal: readJournal({ entries: journal.entries(), jenkins, spinnaker }),
  };
}
