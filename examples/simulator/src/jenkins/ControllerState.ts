// SPDX-License-Identifier: Apache-2.0
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type {
  FakeJenkins,
  FakeJenkinsState,
} from 'backstage-plugin-jenkins-client/testUtils';

const WRITE_AFTER_MS = 250;

/**
 * Keeps what a controller knows in a file.
 *
 * @remarks
 * Written a moment after a change, so that console output does not write the file for each
 * line; a killed process loses at most that moment, and runs an unfinished build again. What
 * somebody asked for and was answered is written before the answer.
 */
export class ControllerState {
  readonly #file: string;
  readonly #log: (message: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(file: string, log: (message: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  /**
   * Lets a controller take over what was kept, if anything was.
   *
   * @throws Error naming the file when it holds something else.
   */
  restoreInto(jenkins: FakeJenkins): void {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return;
    }
    try {
      jenkins.importState(JSON.parse(text));
    } catch (error) {
      throw new Error(
        `The simulator cannot read its file ${
          this.#file
        }: ${error}. Empty the data folder to start afresh`,
      );
    }
  }

  /** Writes soon. */
  changed(read: () => FakeJenkinsState): void {
    if (this.#timer || this.#closed) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#save(read());
      } catch (error) {
        this.#log(`The state could not be kept: ${error}`);
      }
    }, WRITE_AFTER_MS);
  }

  /** Writes at once. */
  writeNow(state: FakeJenkinsState): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#save(state);
  }

  /** Writes for the last time. */
  write(state: FakeJenkinsState): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#save(state);
  }

  #save(state: FakeJenkinsState): void {
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify(state));
    renameSync(draft, this.#file);
  }
}
