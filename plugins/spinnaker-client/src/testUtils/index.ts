// SPDX-License-Identifier: Apache-2.0
/**
 * A fake Spinnaker for tests and demonstrations.
 *
 * @packageDocumentation
 */
export { FakeGate } from './FakeGate';
export type { FakeGateOptions } from './FakeGate';
export type { GateAccess } from './GateAccess';
export { gateHandlers } from './gateHandlers';
export { InMemoryWorld } from './InMemoryWorld';
export type { RolloutBehaviour } from './InMemoryWorld';
export { ManualClock } from './ManualClock';
export type { GateClock } from './ManualClock';
export type {
  ApplyResult,
  BakeRequest,
  BakeResult,
  GateBackends,
  ManifestTarget,
} from './model/GateBackends';
export { gateFaultSchema } from './model/GateFault';
export type { GateFault } from './model/GateFault';
export type { DeployRecord, FakeExecution, GateState } from './model/GateState';
export { DEFAULT_TIMING } from './model/GateTiming';
export type { GateTiming } from './model/GateTiming';
export type { Json, JsonMap } from './model/Json';
export { claimWebhook } from './model/PreconfiguredWebhook';
export type { PreconfiguredWebhook } from './model/PreconfiguredWebhook';
