// SPDX-License-Identifier: Apache-2.0
import type { AdjustableClock } from '../clock';
import type { RepositoryHostName, SimulatorConfig } from '../config';
import type { Journal } from '../Journal';
import type { JenkinsVendor } from '../vendors/jenkinsVendor';
import type { KubernetesVendor } from '../vendors/kubernetesVendor';
import type { RepositoryVendor } from '../vendors/RepositoryVendor';
import type { SpinnakerVendor } from '../vendors/spinnakerVendor';
import type { Vendor } from '../vendors/Vendor';

/** The vendors that are simulated here; one that is absent may be real. */
export interface RunningVendors
  extends Partial<Record<RepositoryHostName, RepositoryVendor>> {
  charts?: Vendor;
  kubernetes?: KubernetesVendor;
  spinnaker?: SpinnakerVendor;
  jenkins?: JenkinsVendor;
}

/** What the commands of the control work with. */
export interface ControlContext {
  clock: AdjustableClock;
  journal: Journal;
  config: SimulatorConfig;
  vendors: RunningVendors;
}
