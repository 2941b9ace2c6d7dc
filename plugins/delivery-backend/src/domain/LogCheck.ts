// SPDX-License-Identifier: Apache-2.0
import { lineHash, logHash, type LogLine, type Seal } from './chain';

/** What a walk over the log found. */
export type LogFinding =
  | { intact: true; lines: number; sealed: boolean }
  | {
      intact: false;
      /** How many lines were good before the first bad one. */
      lines: number;
      /** The place of the first bad line. */
      log: number;
      promotionId?: string;
      reason: string;
    };

/**
 * Walks over the log line by line and finds the first one that is not what was
 * written.
 */
export class LogCheck {
  readonly #seal: Seal;
  readonly #records = new Map<string, { sequence: number; hash: string }>();
  #log = 0;
  #hash = '';
  #sealed = true;
  #fault: Extract<LogFinding, { intact: false }> | undefined;

  constructor(options: { seal: Seal }) {
    this.#seal = options.seal;
  }

  /** Takes the next line; `false` when no further one need be read. */
  take(line: LogLine): boolean {
    const reason = this.#fault ? undefined : this.#faultOf(line);
    if (reason) {
      this.#fault = {
        intact: false,
        lines: this.#log,
        log: line.log,
        promotionId: line.promotionId,
        reason,
      };
    }
    if (this.#fault) {
      return false;
    }
    this.#log = line.log;
    this.#hash = line.logHash;
    this.#records.set(line.promotionId, {
      sequence: line.sequence,
      hash: line.hash,
    });
    return true;
  }

  /** What was found, given where the log ends by its own account. */
  finish(head: { log: number; logHash: string }): LogFinding {
    if (this.#fault) {
      return this.#fault;
    }
    if (head.log !== this.#log || head.logHash !== this.#hash) {
      return {
        intact: false,
        lines: this.#log,
        log: this.#log + 1,
        reason: `The log should end at line ${head.log}, but ends at line ${
          this.#log
        }`,
      };
    }
    return { intact: true, lines: this.#log, sealed: this.#sealed };
  }

  #faultOf(line: LogLine): string | undefined {
    const before = this.#records.get(line.promotionId);
    if (line.log !== this.#log + 1) {
      return `Line ${this.#log + 1} is missing`;
    }
    if (line.sequence !== (before?.sequence ?? 0) + 1) {
      return `Line ${(before?.sequence ?? 0) + 1} of this promotion is missing`;
    }
    if (lineHash(line, before?.hash) !== line.hash) {
      return 'The line was changed';
    }
    if (logHash(line, this.#hash) !== line.logHash) {
      return 'The line does not follow on the one before it';
    }
    const mac = this.#seal.mac(line.logHash);
    if (mac === undefined) {
      this.#sealed = false;
      return undefined;
    }
    if (line.mac === undefined) {
      return 'The line carries no seal';
    }
    return mac === line.mac ? undefined : 'The seal is not ours';
  }
}
