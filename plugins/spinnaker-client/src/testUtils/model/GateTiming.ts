// SPDX-License-Identifier: Apache-2.0

/** How long things take, in milliseconds. @public */
export interface GateTiming {
  /** Between accepting a start and RUNNING. */
  start: number;
  /** A bake, at least. */
  bake: number;
  /** Until Clouddriver has applied the manifests, at least. */
  deploy: number;
  /** Between two looks at a rollout. */
  stabilizePoll: number;
  /** Between two polls of a webhook in its first minute, and afterwards. */
  webhookPoll: number;
  webhookSlowPoll: number;
  /** Between two tries of a webhook that answered 5xx or 429. */
  webhookRetry: number;
  /** How long a webhook may hang. */
  webhookHang: number;
  /** How long a webhook is tried again, and how long its status is polled. */
  webhookRetryFor: number;
  webhookMonitorFor: number;
  /** How long a rollout may take when the stage does not say. */
  stabilizeFor: number;
  /** How long a judgment is waited for. */
  judgmentFor: number;
}

/** The times of a real Spinnaker where they decide an outcome, and none where they only delay. @public */
export const DEFAULT_TIMING: GateTiming = {
  start: 0,
  bake: 0,
  deploy: 0,
  stabilizePoll: 5_000,
  webhookPoll: 1_000,
  webhookSlowPoll: 15_000,
  webhookRetry: 10_000,
  webhookHang: 120_000,
  webhookRetryFor: 300_000,
  webhookMonitorFor: 3_600_000,
  stabilizeFor: 1_800_000,
  judgmentFor: 259_200_000,
};
