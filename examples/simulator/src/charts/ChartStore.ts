// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { z } from 'zod';
import type { SimulatorClock } from '../clock';
import { JsonFile } from '../storage/JsonFile';
import { chartMetadataSchema, readChartMetadata } from './readChartMetadata';

const storedChart = z.object({
  metadata: chartMetadataSchema,
  /** SHA-256 of the package, in hexadecimal. */
  digest: z.string(),
  created: z.string(),
});

/** A chart version that the repository holds. */
export type StoredChart = z.infer<typeof storedChart>;

/** The packaged charts of one repository; a version, once there, never changes. */
export class ChartStore {
  readonly #directory: string;
  readonly #clock: SimulatorClock;
  readonly #index: JsonFile<StoredChart[]>;

  private constructor(options: {
    directory: string;
    clock: SimulatorClock;
    index: JsonFile<StoredChart[]>;
  }) {
    this.#directory = options.directory;
    this.#clock = options.clock;
    this.#index = options.index;
  }

  /** Opens the repository kept in a folder. */
  static open(options: {
    directory: string;
    clock: SimulatorClock;
  }): ChartStore {
    const index = JsonFile.open({
      file: join(options.directory, 'index.json'),
      schema: z.array(storedChart),
      initial: [],
    });
    return new ChartStore({ ...options, index });
  }

  /** Every chart version, in the order of upload. */
  list(): readonly StoredChart[] {
    return this.#index.value;
  }

  /** The bytes of the package with that file name, if there is one. */
  read(fileName: string): Buffer | undefined {
    const known = this.list().some(chart => fileNameOf(chart) === fileName);
    return known ? readFileSync(join(this.#directory, fileName)) : undefined;
  }

  /**
   * Takes a packaged chart in.
   *
   * @throws ConflictError when the version is there already, whatever its bytes; InputError
   * when the bytes are no chart.
   */
  async add(bytes: Uint8Array): Promise<StoredChart> {
    const metadata = await readChartMetadata(bytes);
    const chart = {
      metadata,
      digest: createHash('sha256').update(bytes).digest('hex'),
      created: this.#clock.now().toISOString(),
    };
    const fileName = fileNameOf(chart);
    if (this.list().some(known => fileNameOf(known) === fileName)) {
      throw new ConflictError(`${fileName} already exists`);
    }
    mkdirSync(this.#directory, { recursive: true });
    const target = join(this.#directory, fileName);
    writeFileSync(`${target}.new`, bytes);
    renameSync(`${target}.new`, target);
    this.#index.write([...this.list(), chart]);
    return chart;
  }
}

/** The name of a chart version's package. */
export function fileNameOf(chart: StoredChart): string {
  return `${chart.metadata.name}-${chart.metadata.version}.tgz`;
}
