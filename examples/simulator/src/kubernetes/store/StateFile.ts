// SPDX-License-Identifier: Apache-2.0
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { isError } from '@backstage/errors';
import { z } from 'zod';
import {
  isJsonObject,
  storedObjectSchema,
  type KubernetesObject,
} from '../model/KubernetesObject';

/** All that a cluster keeps over a restart. */
export interface ClusterState {
  /** The latest version given out. */
  resourceVersion: number;
  objects: KubernetesObject[];
  /** What field managers applied last. */
  applied: JsonObject;
  /** Which rollouts fail. */
  faults: JsonObject;
}

const stateSchema = z.object({
  resourceVersion: z.number().int().min(0),
  objects: z.array(storedObjectSchema),
  applied: z.custom<JsonObject>(isJsonObject),
  faults: z.custom<JsonObject>(isJsonObject),
});

const WRITE_AFTER_MS = 100;

/**
 * The file that holds a cluster's state.
 *
 * @remarks
 * Changes are gathered for 100 ms and written beside the old file, which is then replaced in
 * one step, so a crash leaves an older state and never half of one.
 */
export class StateFile {
  readonly #path: string;
  readonly #snapshot: () => ClusterState;
  readonly #onError: (error: unknown) => void;
  #timer?: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: {
    path: string;
    snapshot: () => ClusterState;
    /** Hears of a state that could not be written; the next change tries again. */
    onError: (error: unknown) => void;
  }) {
    this.#path = options.path;
    this.#snapshot = options.snapshot;
    this.#onError = options.onError;
  }

  /**
   * The state in a file, or undefined when there is none yet.
   *
   * @throws Error when the file holds something else than a cluster's state.
   */
  static async read(path: string): Promise<ClusterState | undefined> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
    const state = stateSchema.safeParse(JSON.parse(text));
    if (!state.success) {
      throw new Error(
        `The simulated cluster cannot read its state: ${z.prettifyError(
          state.error,
        )}. Empty the demo's data folder to start afresh.`,
      );
    }
    return state.data;
  }

  /** Writes soon. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, WRITE_AFTER_MS);
  }

  /** Writes what is not written yet and waits for it. */
  async flush(): Promise<void> {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#write();
    }
    await this.#writing;
  }

  #write(): void {
    this.#writing = this.#writing
      .then(async () => {
        const draft = `${this.#path}.new`;
        await mkdir(dirname(this.#path), { recursive: true });
        await writeFile(draft, JSON.stringify(this.#snapshot()));
        await rename(draft, this.#path);
      })
      .catch(this.#onError);
  }
}
