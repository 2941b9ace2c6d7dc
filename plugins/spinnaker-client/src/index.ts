// SPDX-License-Identifier: Apache-2.0
/**
 * A small typed client for Spinnaker Gate, and the Spinnaker pipelines of delivery.
 *
 * @packageDocumentation
 */
export { SpinnakerClient } from './SpinnakerClient';
export type {
  CallOptions,
  SearchExecutionsOptions,
  StartPipelineOptions,
} from './callOptions';
export type {
  GateFetch,
  GateTransportOptions as SpinnakerClientOptions,
} from './GateTransport';
export type { StartOutcome } from './StartOutcome';
export { EXECUTION_STATUSES } from './schemas/execution';
export type {
  ExecutionStatus,
  SpinnakerExecution,
  SpinnakerExecutionStage,
} from './schemas/execution';
export type {
  SpinnakerPipeline,
  SpinnakerPipelineStage,
} from './schemas/pipelineConfig';
export type {
  SpinnakerApplication,
  SpinnakerPermissions,
} from './schemas/application';
export type { SpinnakerTask } from './schemas/task';
export type {
  SpinnakerAccount,
  SpinnakerArtifactAccount,
  SpinnakerPreconfiguredWebhook,
  SpinnakerUser,
} from './schemas/installation';
export * from './pipelines';
