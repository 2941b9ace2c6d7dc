// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { WorkloadLogs } from 'backstage-plugin-delivery-common';
import type { Request } from 'express';

/** A Service in an Environment. */
export type LogPlace = { service: string; environment: string };

/** Which log is wanted. */
export type LogQuery = {
  pod?: string;
  container?: string;
  previous: boolean;
};

/** Reads what Pods write, when a person asks for it. */
export interface LogReader {
  /**
   * The last lines of one container.
   *
   * @throws NotFoundError when nobody watches there, or the Pod is not the Service's.
   */
  read(
    place: LogPlace,
    query: LogQuery,
    options: { credentials: BackstageCredentials; request: Request },
  ): Promise<WorkloadLogs>;
}
