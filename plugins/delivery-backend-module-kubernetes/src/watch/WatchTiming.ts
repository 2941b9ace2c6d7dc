// SPDX-License-Identifier: Apache-2.0

/** How patient a watch is, in milliseconds. */
export interface WatchTiming {
  /** A watch that says nothing for so long is dead; a server sends a bookmark each minute. */
  silenceMs: number;
  /** How long a server may take to accept a watch. */
  answerMs: number;
  /** The first pause after a failure. */
  firstPauseMs: number;
  /** The longest pause between two tries. */
  longestPauseMs: number;
  /** A watch that ends sooner counts as a failure. */
  shortestWatchMs: number;
  /** How long there is at least between two times that changes are told. */
  gatherMs: number;
  /** How often a source that goes on living is told anew, and slow changes of health are looked for. */
  heartbeatMs: number;
}

/** What suits a real cluster. */
export const defaultWatchTiming: WatchTiming = {
  silenceMs: 75_000,
  answerMs: 10_000,
  firstPauseMs: 500,
  longestPauseMs: 30_000,
  shortestWatchMs: 1_000,
  gatherMs: 100,
  heartbeatMs: 15_000,
};
