// SPDX-License-Identifier: Apache-2.0
import type { SimulatorClock } from '../clock';
import { AppliedConfigurations } from './api/AppliedConfigurations';
import { KubernetesApi } from './api/KubernetesApi';
import type { Controller, ControllerContext } from './controllers/Controller';
import { ControllerLoop } from './controllers/ControllerLoop';
import { DaemonSetController } from './controllers/DaemonSetController';
import { DeploymentController } from './controllers/DeploymentController';
import { EventRecorder } from './controllers/EventRecorder';
import { GarbageCollector } from './controllers/GarbageCollector';
import { JobController } from './controllers/JobController';
import {
  defaultTiming,
  type KubernetesTiming,
} from './controllers/KubernetesTiming';
import { NamespaceController } from './controllers/NamespaceController';
import { OwnedObjects } from './controllers/OwnedObjects';
import { PodController } from './controllers/PodController';
import { ReplicaSetController } from './controllers/ReplicaSetController';
import { RolloutFaults } from './controllers/RolloutFaults';
import { StatefulSetController } from './controllers/StatefulSetController';
import { Timers } from './controllers/Timers';
import { KindTable } from './model/KindTable';
import type { KubernetesObject } from './model/KubernetesObject';
import type { ResourceKind } from './model/ResourceKind';
import { ObjectStore } from './store/ObjectStore';
import type { ClusterState } from './store/StateFile';

/** Options of {@link KubernetesCluster}. */
export interface KubernetesClusterOptions {
  clock: SimulatorClock;
  /** Stops its controllers and timers. */
  signal: AbortSignal;
  /** How long things take; {@link defaultTiming} where absent. */
  timing?: Partial<KubernetesTiming>;
  /** Kinds beyond the built-in ones, stored only. */
  extraKinds?: readonly ResourceKind[];
  /** How many changes of each kind can be read back; default 2,000. */
  historyLimit?: number;
  /** Names of the nodes; default one, `node-1`. */
  nodes?: readonly string[];
  /** What {@link KubernetesCluster.state} gave before. */
  state?: ClusterState;
  /** Hears of faults of the simulation itself. */
  onError(error: unknown): void;
}

/** Versions skipped on a restart, so that none is ever given out twice. */
const VERSION_GAP = 10_000;
const SYSTEM_NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** One simulated cluster in this process: what is stored, and the controllers that work on it. */
export class KubernetesCluster {
  readonly kinds: KindTable;
  readonly store: ObjectStore;
  readonly api: KubernetesApi;
  readonly faults: RolloutFaults;
  readonly timing: KubernetesTiming;
  readonly #applied: AppliedConfigurations;

  private constructor(options: KubernetesClusterOptions) {
    const { clock, state } = options;
    this.timing = { ...defaultTiming, ...options.timing };
    this.kinds = new KindTable(options.extraKinds);
    this.store = new ObjectStore({
      clock,
      kinds: this.kinds,
      historyLimit: options.historyLimit,
      startsAt: state ? state.resourceVersion + VERSION_GAP : 0,
      objects: state?.objects,
    });
    this.#applied = new AppliedConfigurations(state?.applied);
    this.api = new KubernetesApi({
      store: this.store,
      kinds: this.kinds,
      clock,
      applied: this.#applied,
    });
    this.faults = new RolloutFaults(state?.faults);
  }

  /** Makes a cluster and lets its controllers run until the signal aborts. */
  static start(options: KubernetesClusterOptions): KubernetesCluster {
    const cluster = new KubernetesCluster(options);
    for (const name of SYSTEM_NAMESPACES) {
      cluster.ensureNamespace(name);
    }
    cluster.#ensureNodes(options.nodes ?? ['node-1']);
    cluster.#run(options);
    return cluster;
  }

  /** Creates a Namespace unless it is there. */
  ensureNamespace(
    name: string,
    metadata: Pick<KubernetesObject['metadata'], 'labels' | 'annotations'> = {},
  ): KubernetesObject {
    const kind = this.kinds.get('Namespace');
    return (
      this.store.find({ kind, name }) ??
      this.api.create(kind, {
        manifest: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { ...metadata, name },
        },
      })
    );
  }

  /** Everything worth keeping over a restart. */
  state(): ClusterState {
    return {
      resourceVersion: this.store.resourceVersion,
      objects: this.store.all(),
      applied: this.#applied.toJSON(),
      faults: this.faults.toJSON(),
    };
  }

  #ensureNodes(names: readonly string[]): void {
    const kind = this.kinds.get('Node');
    for (const name of names) {
      if (!this.store.find({ kind, name })) {
        this.store.insert(kind, {
          apiVersion: 'v1',
          kind: 'Node',
          metadata: {
            name,
            labels: {
              'kubernetes.io/hostname': name,
              'kubernetes.io/os': 'linux',
              'kubernetes.io/arch': 'amd64',
            },
          },
          spec: {},
          status: {
            conditions: [
              { type: 'Ready', status: 'True', reason: 'KubeletReady' },
            ],
          },
        });
      }
    }
  }

  #run(options: KubernetesClusterOptions): void {
    const { clock, signal, onError } = options;
    const { store, kinds } = this;
    const timers = new Timers({ signal, onError });
    const loop = new ControllerLoop({ store, timers, signal, onError });
    const context: ControllerContext = {
      store,
      kinds,
      clock,
      timers,
      api: this.api,
      timing: this.timing,
      faults: this.faults,
      owned: new OwnedObjects(store),
      events: new EventRecorder({ store, kinds, clock }),
      enqueue: key => loop.enqueue(key),
    };
    const controllers: Controller[] = [
      new NamespaceController(context),
      new GarbageCollector(context),
      new DeploymentController(context),
      new ReplicaSetController(context),
      new StatefulSetController(context),
      new DaemonSetController(context),
      new JobController(context),
      new PodController(context),
    ];
    loop.start(
      controllers,
      store.all().map(object => ({
        kind: kinds.getByManifest(object),
        namespace: object.metadata.namespace,
        name: object.metadata.name,
      })),
    );
  }
}
