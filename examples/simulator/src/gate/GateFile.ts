// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { GateState } from 'backstage-plugin-spinnaker-client/testUtils';

const KEPT_PER_PIPELINE = 40;

/**
 * The file in which the state of the simulated Gate is kept.
 *
 * @remarks
 * Written whole and replaced in one step. Only the latest ended executions of each
 * pipeline are kept, as Spinnaker itself shows no more than two weeks.
 */
export class GateFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What was written last; `undefined` when there is no file. */
  read(): unknown {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return undefined;
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(
        `The simulator cannot read its file ${
          this.#path
        }. Empty the data folder to start afresh`,
      );
    }
  }

  /** Writes the state; it is on the disk when this returns. */
  write(state: GateState): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.new`;
    writeFileSync(draft, JSON.stringify(withoutOldest(state)));
    renameSync(draft, this.#path);
  }
}

function withoutOldest(state: GateState): GateState {
  const counts = new Map<string | undefined, number>();
  const executions = [...state.executions]
    .reverse()
    .filter(one => {
      const count = (counts.get(one.pipelineConfigId) ?? 0) + 1;
      counts.set(one.pipelineConfigId, count);
      return count <= KEPT_PER_PIPELINE || one.endTime === undefined;
    })
    .reverse();
  const stages = new Set(
    [...executions, ...state.orchestrations].flatMap(one =>
      one.stages.map(({ id }) => id),
    ),
  );
  return {
    ...state,
    executions,
    orchestrations: state.orchestrations.slice(-KEPT_PER_PIPELINE),
    progress: Object.fromEntries(
      Object.entries(state.progress).filter(([id]) => stages.has(id)),
    ),
  };
}
