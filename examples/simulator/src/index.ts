// SPDX-License-Identifier: Apache-2.0
export { simulatorPlugin as default } from './plugin';
export { AdjustableClock, simulatorClock } from './clock';
export type { SimulatorClock } from './clock';
export { startSimulator } from './startSimulator';
export type { RunningSimulator, StartSimulatorOptions } from './startSimulator';
export { readSimulatorConfig } from './config';
export type { SimulatorConfig, VendorName } from './config';
export type { Command, CommandInput } from './control/commandSchema';
export type { CommandResult } from './control/SimulatorControl';
export type { SimulatorState } from './control/readState';
