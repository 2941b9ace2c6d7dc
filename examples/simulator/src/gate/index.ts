// SPDX-License-Identifier: Apache-2.0
export { startGate } from './startGate';
export type { RunningGate, StartGateOptions } from './startGate';
export type { ClusterAccount } from './ClusterAccounts';
