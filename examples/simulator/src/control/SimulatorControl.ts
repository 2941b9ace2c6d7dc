// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { commandSchema } from './commandSchema';
import type { ControlContext } from './ControlContext';
import { readState, SimulatorState } from './readState';
import { runCommand } from './runCommand';

/** What became of a command, in one sentence. */
export interface CommandResult {
  message: string;
}

/** Lets a visitor or a test change the simulated world and see how it is. */
export class SimulatorControl {
  readonly #context: ControlContext;

  constructor(context: ControlContext) {
    this.#context = context;
  }

  /** How the simulated world is now. */
  async state(): Promise<SimulatorState> {
    return readState(this.#context);
  }

  /** The simulated time, and how far it is ahead of the machine's. */
  clock(): { now: string; offsetMs: number } {
    const { clock } = this.#context;
    return { now: clock.now().toISOString(), offsetMs: clock.offsetMs };
  }

  /**
   * Does what a command says and writes it into the journal.
   *
   * @throws InputError naming the field at fault; NotFoundError and ConflictError with what
   * to do instead.
   */
  async run(body: unknown): Promise<CommandResult> {
    const parsed = commandSchema.safeParse(body);
    if (!parsed.success) {
      throw new InputError(
        `Not a command: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      );
    }
    const message = await runCommand(parsed.data, this.#context);
    this.#context.journal.add('control', message);
    return { message };
  }
}
