// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../parseJson';

/** Where a {@link JsonFile} lives, what it may hold, and what it holds at first. */
export interface JsonFileOptions<T> {
  file: string;
  schema: z.ZodType<T>;
  initial: T;
}

/**
 * One value kept in a JSON file, whole in memory and written at each change.
 *
 * @remarks
 * A change is on the disk before {@link JsonFile.write} returns, and the file is replaced
 * in one step, so a killed process leaves either the old or the new value.
 */
export class JsonFile<T> {
  readonly #file: string;
  #value: T;

  private constructor(file: string, value: T) {
    this.#file = file;
    this.#value = value;
  }

  /**
   * Reads the file, or takes the initial value when there is none.
   *
   * @throws Error naming the file when it holds something else.
   */
  static open<T>(options: JsonFileOptions<T>): JsonFile<T> {
    const { file, schema, initial } = options;
    const text = readIfThere(file);
    if (text === undefined) {
      return new JsonFile(file, initial);
    }
    const parsed = schema.safeParse(parseJson(text));
    if (!parsed.success) {
      throw new Error(
        `The simulator cannot read its file ${file}: ${z.prettifyError(
          parsed.error,
        )}. Empty the data folder to start afresh`,
      );
    }
    return new JsonFile(file, parsed.data);
  }

  /** The value as last written. */
  get value(): T {
    return this.#value;
  }

  /** Replaces the value. */
  write(value: T): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.new`;
    writeFileSync(draft, `${JSON.stringify(value, undefined, 2)}\n`);
    renameSync(draft, this.#file);
    this.#value = value;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
