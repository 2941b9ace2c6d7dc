// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const storedClock = z.strictObject({ offsetMs: z.number().int().min(0) });

/** Tells the time in the simulated world; every simulated vendor reads it here. */
export interface SimulatorClock {
  now(): Date;
}

/**
 * A clock that runs at the machine's pace and can be moved forward.
 *
 * @remarks
 * It is never moved back: records written later would carry an earlier time,
 * which no real vendor ever shows. Emptying the data folder starts it afresh.
 */
export class AdjustableClock implements SimulatorClock {
  #offsetMs = 0;
  #file: string | undefined;

  /** How far this clock is ahead of the machine's, in milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** The moved time. */
  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  /**
   * Takes the offset stored in a file, when there is one, and keeps every later
   * move there, so that the clock survives a restart.
   *
   * @throws Error when the file holds something else than a clock.
   */
  keepIn(file: string): void {
    this.#file = file;
    this.#offsetMs = readOffset(file) ?? 0;
  }

  /** Moves the clock forward by a number of milliseconds, zero or more. */
  advance(milliseconds: number): void {
    if (!Number.isInteger(milliseconds) || milliseconds < 0) {
      throw new InputError(
        `The clock only moves forward, by a whole number of milliseconds; got ${milliseconds}`,
      );
    }
    this.#offsetMs += milliseconds;
    if (this.#file) {
      writeOffset(this.#file, this.#offsetMs);
    }
  }
}

/**
 * The clock of the simulator in this process.
 *
 * @remarks
 * One per process, so that a portal that runs the simulator beside the product
 * can let the product follow it: give the product `() => simulatorClock.now()`.
 */
export const simulatorClock = new AdjustableClock();

function readOffset(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return storedClock.parse(JSON.parse(text)).offsetMs;
}

function writeOffset(file: string, offsetMs: number): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  writeFileSync(draft, JSON.stringify({ offsetMs }));
  renameSync(draft, file);
}
