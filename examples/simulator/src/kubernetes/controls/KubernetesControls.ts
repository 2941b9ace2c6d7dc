// SPDX-License-Identifier: Apache-2.0
import type {
  RolloutFailure,
  WorkloadName,
} from '../controllers/RolloutFaults';
import type { LoggedRequest } from '../http/RequestLog';

/** How a cluster can be reached. */
export type ClusterReach =
  | { kind: 'normal' }
  /** Every answer and every watch line comes later. */
  | { kind: 'slow'; delayMs: number }
  /** Connections are accepted and nothing is ever answered; open watches say no more. */
  | { kind: 'silent' }
  /** Connections are refused, open ones are cut. */
  | { kind: 'dropped' };

/** What a visitor or a test can do to a simulated cluster. */
export interface KubernetesControls {
  /** How the cluster can be reached now. */
  readonly reach: ClusterReach;
  /** Changes how the cluster can be reached; resolves once it is so. */
  setReach(reach: ClusterReach): Promise<void>;
  /** Cuts every open connection; new ones are accepted. */
  cutConnections(): void;
  /** The next new revision of a workload fails, and stays broken. */
  failNextRollout(workload: WorkloadName, failure: RolloutFailure): void;
  /** Takes every failure of a workload back. */
  heal(workload: WorkloadName): void;
  /** Creates a Namespace unless it is there. */
  ensureNamespace(
    name: string,
    metadata?: {
      labels?: { [key: string]: string };
      annotations?: { [key: string]: string };
    },
  ): void;
  /** Forgets the history of changes, so that older versions are answered with 410. */
  compact(): void;
  /** Makes a token unknown, as when it expired. */
  revokeToken(token: string): void;
  /** How many requests came since the start. */
  readonly requestCount: number;
  /** The latest requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
}
