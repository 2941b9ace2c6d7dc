// SPDX-License-Identifier: Apache-2.0
import type { WatchMeter } from '../metrics/WatchMeter';
import type {
  ClusterConnection,
  GetOptions,
  OpenAnswer,
} from './ClusterConnection';

/** Counts what a connection asks and gets. */
export class MeteredConnection implements ClusterConnection {
  readonly #inner: ClusterConnection;
  readonly #meter: WatchMeter;
  readonly #cluster: string;

  constructor(
    inner: ClusterConnection,
    options: { meter: WatchMeter; cluster: string },
  ) {
    this.#inner = inner;
    this.#meter = options.meter;
    this.#cluster = options.cluster;
  }

  async get(path: string, options: GetOptions): Promise<OpenAnswer> {
    this.#meter.requested(this.#cluster);
    const answer = await this.#inner.get(path, options);
    return {
      status: answer.status,
      body: this.#count(answer.body),
      close: () => answer.close(),
    };
  }

  async *#count(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const piece of body) {
      this.#meter.received(this.#cluster, piece.length);
      yield piece;
    }
  }
}
