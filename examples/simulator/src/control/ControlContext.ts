// SPDX-License-Identifier: Apache-2.0
import type { RunningCharts } from '../charts/startCharts';
import type { AdjustableClock } from '../clock';
import type { SimulatorConfig } from '../config';
import type { RunningGithub } from '../github/startGithub';
import type { RunningVendor } from '../http/RunningVendor';
import type { Journal } from '../Journal';

/** The vendors that are simulated here; one that is absent may be real. */
export interface RunningVendors {
  charts?: RunningCharts;
  kubernetes?: RunningVendor;
  spinnaker?: RunningVendor;
  jenkins?: RunningVendor;
  github?: RunningGithub;
}

/** What the commands of the control work with. */
export interface ControlContext {
  clock: AdjustableClock;
  journal: Journal;
  config: SimulatorConfig;
  vendors: RunningVendors;
}
