// SPDX-License-Identifier: Apache-2.0

/** One request as the server saw it. */
export interface LoggedRequest {
  method: string;
  /** Path and query. */
  url: string;
  /** The Kubernetes verb, for example `list`; undefined for discovery. */
  verb?: string;
  /** The plural of the resource, with its subresource. */
  resource?: string;
  user?: string;
  userAgent?: string;
}

const KEPT = 1_000;

/** The latest requests, so that a test can see what a client asked for. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #total = 0;

  /** How many requests came since the start. */
  get total(): number {
    return this.#total;
  }

  /** The latest 1,000 requests, oldest first. */
  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  add(entry: LoggedRequest): void {
    this.#total += 1;
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) {
      this.#entries = this.#entries.slice(-KEPT);
    }
  }
}
