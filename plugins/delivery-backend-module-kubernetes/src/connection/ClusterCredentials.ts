// SPDX-License-Identifier: Apache-2.0

/** What a request to an API server carries so that it is answered. */
export interface ClusterCredentials {
  /** The bearer token of the moment; read for each request, because it may rotate. */
  token(): Promise<string | undefined>;
  /** PEM text of the authority to trust; the system's when absent. */
  ca?: string | Buffer;
}
