// SPDX-License-Identifier: Apache-2.0

/** What kind of trouble a cluster gave, as far as it changes what is done next. */
export type ClusterErrorKind =
  /** It could not be reached, or the connection broke. */
  | 'unreachable'
  /** It did not answer a request in time. */
  | 'silent'
  /** An open watch said nothing for longer than a living server would. */
  | 'quiet'
  /** It refused the request. */
  | 'refused'
  /** Its history no longer reaches back to the version we know. */
  | 'expired'
  /** It sent something that is no answer of an API server. */
  | 'garbled';

/** Why a cluster cannot be seen, in a sentence for the person who reads the tab. */
export class ClusterError extends Error {
  readonly name = 'ClusterError';
  readonly kind: ClusterErrorKind;

  constructor(kind: ClusterErrorKind, message: string) {
    super(message.slice(0, 300));
    this.kind = kind;
  }
}
