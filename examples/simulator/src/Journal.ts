// SPDX-License-Identifier: Apache-2.0
import type { SimulatorClock } from './clock';
import type { VendorName } from './config';

/** One thing that happened in the simulated world. */
export interface JournalEntry {
  /** Simulated time, ISO 8601. */
  at: string;
  /** Where it happened; `control` when a visitor asked for it. */
  where: VendorName | 'control';
  text: string;
}

const KEPT = 200;

/** The last things that happened, for the control page; kept in memory only. */
export class Journal {
  readonly #clock: SimulatorClock;
  #entries: JournalEntry[] = [];

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
  }

  /** Writes a line. */
  add(where: JournalEntry['where'], text: string): void {
    const entry = { at: this.#clock.now().toISOString(), where, text };
    this.#entries = [entry, ...this.#entries].slice(0, KEPT);
  }

  /** The last lines, newest first. */
  entries(): readonly JournalEntry[] {
    return this.#entries;
  }
}
