// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Observation,
  SourceState,
  WorkloadLogs,
} from 'backstage-plugin-delivery-common';
import {
  takeTurns,
  type Clock,
  type LogRequest,
  type ObservationTarget,
} from 'backstage-plugin-delivery-node';
import type { ClusterConnection } from './connection/ClusterConnection';
import { ProjectionPool } from './domain/ProjectionPool';
import { readWarnings, type Warning } from './domain/readWarnings';
import { WATCHED_KINDS, type WatchedKind } from './domain/WatchedKind';
import type { WatchMeter } from './metrics/WatchMeter';
import { ClusterView } from './view/ClusterView';
import { readOwnership, type Ownership } from './view/NamespaceOwnership';
import { NamespaceReader } from './view/NamespaceReader';
import { readLogsOf } from './view/readLogsOf';
import { summarizeStates } from './view/summarizeStates';
import { TargetWatch } from './view/TargetWatch';
import { StateTeller } from './view/StateTeller';
import { KindSupervisor } from './watch/KindSupervisor';
import { listWarnings } from './watch/listWarnings';
import type { WatchTiming } from './watch/WatchTiming';

/** What changes together comes within so long; after a quiet time nobody waits for more. */
const TOGETHER_MS = 10;

/** What the watch of a cluster works with. */
export interface ClusterWatchOptions {
  name: string;
  connection: ClusterConnection;
  /** Whether what Helm recorded is watched as well. */
  helmReleases: boolean;
  timing: WatchTiming;
  clock: Clock;
  random(): number;
  logger: LoggerService;
  onObservation(observation: Observation): void;
  onSource(state: SourceState): void;
  /** Hears what watching costs. */
  meter?: WatchMeter;
  signal: AbortSignal;
}

/**
 * Watches one cluster once for all targets in it.
 *
 * @remarks
 * Nothing is told of a target before every kind was listed whole, so a cluster that is still
 * being read, or cannot be, never looks empty.
 */
export class ClusterWatch {
  readonly #options: ClusterWatchOptions;
  readonly #view: ClusterView;
  readonly #supervisors: KindSupervisor[];
  readonly #teller: StateTeller;
  readonly #helm?: { supervisor: KindSupervisor; teller: StateTeller };
  readonly #ownerships: NamespaceReader<Ownership>;
  readonly #warnings: NamespaceReader<readonly Warning[]>;
  readonly #dirty = new Set<string>();
  #targets = new Map<string, TargetWatch[]>();
  #gathering: NodeJS.Timeout | undefined;
  #toldAt = -Infinity;

  constructor(options: ClusterWatchOptions) {
    this.#options = options;
    this.#view = new ClusterView(namespace => this.#touch(namespace));
    const { clock, connection, helmReleases, name, signal } = options;
    const onRead = (namespace: string) => this.#touch(namespace);
    this.#ownerships = new NamespaceReader({
      read: namespace => readOwnership({ connection, namespace, signal }),
      onRead,
      signal,
    });
    this.#warnings = new NamespaceReader({
      read: async namespace =>
        readWarnings(
          await listWarnings({ connection, namespace, signal }),
          clock.now(),
        ),
      onRead,
      signal,
    });
    const pool = new ProjectionPool();
    this.#teller = new StateTeller({
      ...options,
      source: { source: 'kubernetes', id: name },
      title: `Cluster ${name}`,
    });
    this.#supervisors = WATCHED_KINDS.map(kind =>
      this.#supervise(kind, pool, this.#teller),
    );
    if (helmReleases) {
      const teller = new StateTeller({
        ...options,
        source: { source: 'helm', id: name },
        title: `What Helm recorded in cluster ${name}`,
      });
      const supervisor = this.#supervise('HelmRelease', pool, teller);
      this.#helm = { supervisor, teller };
    }
  }

  #supervise(
    kind: WatchedKind,
    pool: ProjectionPool,
    teller: StateTeller,
  ): KindSupervisor {
    const { clock, connection, meter, name, random, timing } = this.#options;
    return new KindSupervisor({
      kind,
      connection,
      timing,
      random,
      pool,
      view: this.#view,
      now: () => clock.now(),
      onList: () => meter?.listed(name, kind),
      onChange: () => meter?.changed(name, kind),
      onState: () => this.#gather(),
      onSign: () => teller.sign(),
    });
  }

  /** How long ago the cluster gave a sign of life, in seconds; `undefined` before the first. */
  ageSeconds(): number | undefined {
    return this.#teller.ageSeconds();
  }

  /** How many objects of each kind are known. */
  sizes(): ReadonlyMap<WatchedKind, number> {
    const kinds: WatchedKind[] = [
      ...WATCHED_KINDS,
      ...(this.#helm ? ['HelmRelease' as const] : []),
    ];
    return new Map(kinds.map(kind => [kind, this.#view.size(kind)]));
  }

  /** Starts watching; it ends with the signal. */
  start(): void {
    const { signal, timing } = this.#options;
    for (const supervisor of this.#supervisors) {
      void supervisor.run(signal);
    }
    void this.#helm?.supervisor.run(signal);
    const heartbeat = setInterval(() => this.#beat(), timing.heartbeatMs);
    signal.addEventListener(
      'abort',
      () => {
        clearInterval(heartbeat);
        clearTimeout(this.#gathering);
      },
      { once: true },
    );
    this.#tellState();
  }

  /** Takes the targets of this cluster as they are now. */
  setTargets(targets: readonly ObservationTarget[]): void {
    const known = new Map(
      [...this.#targets.values()]
        .flat()
        .map(watch => [JSON.stringify(watch.target), watch]),
    );
    const before = [...this.#targets.keys()];
    this.#targets = new Map();
    for (const target of targets) {
      const watch =
        known.get(JSON.stringify(target)) ?? new TargetWatch(target);
      const here = this.#targets.get(target.namespace) ?? [];
      this.#targets.set(target.namespace, [...here, watch]);
      this.#touch(target.namespace);
    }
    for (const namespace of before.filter(one => !this.#targets.has(one))) {
      this.#ownerships.drop(namespace);
      this.#warnings.drop(namespace);
    }
    for (const [namespace, watches] of this.#targets) {
      if (watches.some(({ target }) => target.contested)) {
        this.#ownerships.want(namespace);
      } else {
        this.#ownerships.drop(namespace);
      }
    }
  }

  /**
   * What the Pods of a target wrote lately; `undefined` when it is not watched here.
   *
   * @throws NotFoundError when the Pod is none of the target's.
   */
  async readLogs(request: LogRequest): Promise<WorkloadLogs | undefined> {
    const { environment, service } = request;
    const watch = [...this.#targets.values()]
      .flat()
      .find(
        ({ target }) =>
          target.service === service && target.environment === environment,
      );
    if (!watch) {
      return undefined;
    }
    const { connection } = this.#options;
    const { namespace } = watch.target;
    const pods = watch.pods(this.#view, this.#ownerships.of(namespace));
    return readLogsOf(pods, { connection, namespace, request });
  }

  #touch(namespace: string): void {
    if (this.#targets.has(namespace)) {
      this.#dirty.add(namespace);
      this.#gather();
    }
  }

  /** Tells soon, and all that came until then at once. */
  #gather(): void {
    if (this.#options.signal.aborted) {
      return;
    }
    const { gatherMs } = this.#options.timing;
    const rest = this.#toldAt + gatherMs - performance.now();
    this.#gathering ??= setTimeout(
      () => void this.#report(),
      Math.max(Math.min(TOGETHER_MS, gatherMs), rest),
    );
  }

  /** What was seen goes before how it is seen, so nobody takes an older picture for a live one. */
  async #report(): Promise<void> {
    this.#toldAt = performance.now();
    try {
      await this.#flush();
    } finally {
      this.#gathering = undefined;
    }
    if (this.#isWhole && this.#dirty.size > 0) {
      this.#gather();
    } else if (!this.#options.signal.aborted) {
      this.#tellState();
    }
  }

  /** Whether every kind that tells what runs was listed. */
  get #isWhole(): boolean {
    return this.#supervisors.every(({ synced }) => synced);
  }

  /** Looks at one namespace after another; a thousand of them hold up nobody else. */
  async #flush(): Promise<void> {
    if (!this.#isWhole) {
      return;
    }
    const turn = takeTurns();
    for (const namespace of [...this.#dirty]) {
      if (this.#options.signal.aborted) {
        return;
      }
      this.#dirty.delete(namespace);
      const watches = this.#targets.get(namespace) ?? [];
      watches.forEach(watch => this.#look(watch));
      this.#follow(namespace, watches);
      await turn();
    }
  }

  /** Asks what the cluster warns of, when something begins to fail; never for what is well. */
  #follow(namespace: string, watches: readonly TargetWatch[]): void {
    if (watches.some(({ isFailing }) => isFailing)) {
      this.#warnings.want(namespace);
    } else {
      this.#warnings.drop(namespace);
    }
  }

  #look(watch: TargetWatch): void {
    const { clock, onObservation } = this.#options;
    const observation = watch.look({
      view: this.#view,
      ownership: this.#ownerships.of(watch.target.namespace),
      warnings: this.#warnings.of(watch.target.namespace),
      now: clock.now(),
      uptimeMs: performance.now(),
    });
    if (observation) {
      onObservation(observation);
    }
  }

  #tellState(): void {
    const state = summarizeStates(
      this.#supervisors.map((supervisor, index) => ({
        kind: WATCHED_KINDS[index],
        state: supervisor.state,
        synced: supervisor.synced,
      })),
    );
    this.#teller.say(state);
    if (this.#helm) {
      this.#helm.teller.say(this.#helm.supervisor.state);
    }
  }

  #beat(): void {
    for (const watch of [...this.#targets.values()].flat()) {
      if (watch.isLacking || watch.target.contested) {
        this.#touch(watch.target.namespace);
      }
    }
    this.#teller.repeat();
    this.#helm?.teller.repeat();
    this.#ownerships.readAgain();
    this.#warnings.readAgain();
  }
}
