// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';

/** A load balancer is told within so long, whatever the database does. */
const ANSWER_MS = 2_000;

const GONE = 'The database of delivery does not answer';

/** Why delivery cannot serve; `undefined` when it can. */
export type NotReady = string | undefined;

/**
 * Whether this replica can show where services are.
 *
 * @remarks
 * It can from the moment its last known state was loaded, however old that is:
 * pages show its age. It cannot while the database does not answer. Clusters,
 * builds and the engine do not count; without them pages are stale, not wrong.
 */
export class DeliveryReadiness {
  #look: (() => Promise<unknown>) | undefined;

  /**
   * The last known state was loaded.
   *
   * @param look - asks the database, and rejects when it is gone.
   */
  loaded(look: () => Promise<unknown>): void {
    this.#look = look;
  }

  /** Why delivery cannot serve now; names nothing that is secret. */
  async reason(): Promise<NotReady> {
    if (!this.#look) {
      return 'Delivery has not loaded its last known state yet';
    }
    const answered = new AbortController();
    try {
      const late = delay(ANSWER_MS, 'late' as const, {
        ref: false,
        signal: answered.signal,
      });
      const looked = await Promise.race([this.#look(), late.catch(() => {})]);
      return looked === 'late' ? GONE : undefined;
    } catch {
      return GONE;
    } finally {
      answered.abort();
    }
  }
}
