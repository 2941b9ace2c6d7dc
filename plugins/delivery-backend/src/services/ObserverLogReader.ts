// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { WorkloadLogs } from 'backstage-plugin-delivery-common';
import type { EnvironmentObserver } from 'backstage-plugin-delivery-node';
import type { LogPlace, LogQuery, LogReader } from './LogReader';

const MOST_BYTES = 64 * 1024;
const LONGEST_MS = 10_000;

/** Asks the observer that watches the place; at most 64 KB, for at most ten seconds. */
export class ObserverLogReader implements LogReader {
  readonly #observers: readonly EnvironmentObserver[];

  constructor(options: { observers: readonly EnvironmentObserver[] }) {
    this.#observers = options.observers;
  }

  async read(place: LogPlace, query: LogQuery): Promise<WorkloadLogs> {
    for (const observer of this.#observers) {
      const logs = await observer.readLogs?.({
        ...place,
        ...query,
        mostBytes: MOST_BYTES,
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      if (logs) {
        return logs;
      }
    }
    throw new NotFoundError(
      `Nobody watches ${place.service} in ${place.environment}`,
    );
  }
}
