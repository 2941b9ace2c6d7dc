// SPDX-License-Identifier: Apache-2.0

/** An answer of an API server whose body is still coming. */
export interface OpenAnswer {
  status: number;
  /** The body in pieces; ends with an error when the connection breaks. */
  body: AsyncIterable<Uint8Array>;
  /** Gives the connection up. */
  close(): void;
}

/** How a request is made. */
export interface GetOptions {
  signal: AbortSignal;
  /** How long the server may take to begin its answer, in milliseconds. */
  answerWithinMs: number;
  /** Whether the answer may come compressed; not for streams, which proxies would hold back. */
  compressed?: boolean;
}

/** The way to one API server: only reading, always in the portal's own name. */
export interface ClusterConnection {
  /**
   * Sends a GET request and resolves when the answer begins.
   *
   * @throws ClusterError when the server cannot be reached or says nothing in time.
   */
  get(path: string, options: GetOptions): Promise<OpenAnswer>;
}
