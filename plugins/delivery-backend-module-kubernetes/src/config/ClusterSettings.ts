// SPDX-License-Identifier: Apache-2.0

/** A cluster as Backstage's own configuration names it. */
export interface ClusterSettings {
  name: string;
  /** Base address of the API server, without a trailing slash. */
  url: string;
  /** A token of a service account; that of the portal's own Pod when absent. */
  serviceAccountToken?: string;
  /** A file that holds the token; read again when it changes, instead of `serviceAccountToken`. */
  serviceAccountTokenFile?: string;
  /** PEM text of the authority that signed the API server's certificate. */
  ca?: string;
  /** Accepts any certificate; for trying things out only. */
  skipTlsVerify: boolean;
  /** Whether what Helm recorded is watched as well, which takes a right to read Secrets. */
  helmReleases?: boolean;
}
