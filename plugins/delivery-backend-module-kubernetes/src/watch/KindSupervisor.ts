// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterConnection } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import type { ProjectionPool } from '../domain/ProjectionPool';
import type { WatchedKind } from '../domain/WatchedKind';
import type { ClusterView } from '../view/ClusterView';
import { backOff } from './backOff';
import { listAll } from './listAll';
import { watchChanges } from './watchChanges';
import type { WatchTiming } from './WatchTiming';

/** How fresh what is known of a kind in a cluster is. */
export type KindState =
  | { state: 'syncing' }
  | { state: 'live' }
  | { state: 'stale'; reason: string; since: Date };

/** So many watches in a row that open and then say nothing mean that something swallows them. */
const DEAF_WATCHES = 2;

/** What a supervisor works with. */
export interface KindSupervisorOptions {
  kind: WatchedKind;
  connection: ClusterConnection;
  view: ClusterView;
  pool: ProjectionPool;
  timing: WatchTiming;
  /** The time now, for `since`. */
  now(): Date;
  /** A number from 0 to 1. */
  random(): number;
  /** Called when a whole list was read. */
  onList?(): void;
  /** Called for each change that was told. */
  onChange?(): void;
  onState(state: KindState): void;
  /** Called at every sign of life. */
  onSign(): void;
}

/**
 * Keeps one kind of one cluster up to date, for as long as it is let.
 *
 * @remarks
 * A first paged list, then a watch from its version; a watch that ends in good order goes on
 * from the last version; one that breaks is tried again at once, and only when that fails too is
 * the kind stale. A version that is too old, a line that cannot be understood, or a watch that
 * falls silent leads to a new list, while readers keep the old picture until the new one is
 * whole: behind a proxy that swallows watches the picture is never older than one silence.
 */
export class KindSupervisor {
  readonly #options: KindSupervisorOptions;
  #state: KindState = { state: 'syncing' };
  #version: string | undefined;
  #synced = false;
  #failures = 0;
  #quickEnds = 0;
  #deafWatches = 0;
  /** Why the last watch was given up, until one says something. */
  #silence: ClusterError | undefined;

  constructor(options: KindSupervisorOptions) {
    this.#options = options;
  }

  get state(): KindState {
    return this.#state;
  }

  /** Whether a whole list was seen since the start. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Runs until the signal aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        await this.#recover(toClusterError(error), signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { kind, connection, view, pool, timing, random } = this.#options;
    const resourceVersion = this.#version ?? (await this.#list(signal));
    const began = performance.now();
    await watchChanges({
      kind,
      connection,
      pool,
      resourceVersion,
      signal,
      answerWithinMs: timing.answerMs,
      timeoutSeconds: 240 + Math.floor(random() * 60),
      silenceMs: timing.silenceMs,
      onOpen: () => {
        this.#options.onSign();
        if (this.#deafWatches < DEAF_WATCHES) {
          this.#become({ state: 'live' });
        }
      },
      onChange: change => {
        view.apply(kind, change);
        this.#options.onChange?.();
      },
      onVersion: version => {
        this.#version = version;
        this.#failures = 0;
        this.#deafWatches = 0;
        this.#silence = undefined;
        this.#options.onSign();
        this.#become({ state: 'live' });
      },
    });
    if (performance.now() - began >= timing.shortestWatchMs) {
      this.#quickEnds = 0;
    } else {
      // a server that ends every watch at once must not be asked in a tight loop
      this.#quickEnds += 1;
      await this.#pause(this.#quickEnds, signal);
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { kind, connection, timing, view, pool, onSign } = this.#options;
    // One that said nothing before has that time behind it already.
    const late = setTimeout(
      () => this.#tellLate(),
      this.#silence ? timing.answerMs : timing.silenceMs,
    );
    const { objects, resourceVersion } = await listAll({
      kind,
      connection,
      pool,
      signal,
      onSign,
    }).finally(() => clearTimeout(late));
    view.replace(kind, objects);
    this.#options.onList?.();
    this.#version = resourceVersion;
    this.#synced = true;
    if (this.#deafWatches < DEAF_WATCHES) {
      this.#become({ state: 'live' });
    }
    return resourceVersion;
  }

  /** A picture that was live is no longer so when it takes too long to see it anew. */
  #tellLate(): void {
    if (this.#state.state === 'live') {
      const seconds = Math.round(this.#options.timing.silenceMs / 1000);
      this.#becomeStale(
        this.#silence ??
          new ClusterError(
            'silent',
            `The cluster has not listed everything within ${seconds} seconds`,
          ),
      );
    }
  }

  async #recover(error: ClusterError, signal: AbortSignal): Promise<void> {
    if (error.kind === 'quiet') {
      // What it may have swallowed is in a new list, whatever the next watch does.
      this.#version = undefined;
      this.#silence = error;
      this.#deafWatches += 1;
      if (this.#deafWatches >= DEAF_WATCHES) {
        this.#becomeStale(error);
      }
      return;
    }
    this.#failures += 1;
    if (error.kind === 'expired' || error.kind === 'garbled') {
      this.#version = undefined;
    }
    const forgivable = error.kind === 'unreachable' || error.kind === 'expired';
    const wasLive = this.#state.state === 'live';
    if (!(forgivable && wasLive && this.#failures === 1)) {
      this.#becomeStale(error);
    }
    await this.#pause(this.#failures, signal);
  }

  async #pause(failures: number, signal: AbortSignal): Promise<void> {
    const { timing, random } = this.#options;
    const milliseconds = backOff({ failures, timing, random });
    await delay(milliseconds, undefined, { signal }).catch(() => {});
  }

  #becomeStale(error: ClusterError): void {
    const since =
      this.#state.state === 'stale' ? this.#state.since : this.#options.now();
    this.#become({ state: 'stale', reason: error.message, since });
  }

  #become(state: KindState): void {
    const before = this.#state;
    this.#state = state;
    const same =
      before.state === state.state &&
      (before.state !== 'stale' ||
        state.state !== 'stale' ||
        before.reason === state.reason);
    if (!same) {
      this.#options.onState(state);
    }
  }
}

function toClusterError(error: unknown): ClusterError {
  return error instanceof ClusterError
    ? error
    : new ClusterError('unreachable', `Watching failed: ${String(error)}`);
}
