// SPDX-License-Identifier: Apache-2.0

/** How long things take in the simulated cluster, in real milliseconds. */
export interface KubernetesTiming {
  /** From a Pod's creation until its containers run (or their image cannot be pulled). */
  startAfterMs: number;
  /** From running to ready. */
  readyAfterMs: number;
  /** From running to the exit of a container that crashes. */
  crashAfterMs: number;
  /** From the first crash to the next try; doubled with each crash, up to sixteen times. */
  restartAfterMs: number;
  /** Between two tries to pull an image or to find a missing ConfigMap. */
  retryAfterMs: number;
  /** From the deletion of a Pod to its end. */
  terminateAfterMs: number;
  /** How long the Pod of a Job works. */
  jobTakesMs: number;
  /** The longest a rollout may stand still; a shorter `progressDeadlineSeconds` wins. */
  progressDeadlineMs: number;
}

/** A pace that a person can follow and that keeps nobody waiting. */
export const defaultTiming: KubernetesTiming = {
  startAfterMs: 300,
  readyAfterMs: 700,
  crashAfterMs: 400,
  restartAfterMs: 2_000,
  retryAfterMs: 2_000,
  terminateAfterMs: 300,
  jobTakesMs: 800,
  progressDeadlineMs: 8_000,
};
