// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { SimulatorClock } from '../clock';
import type { KubernetesApi } from './api/KubernetesApi';
import type { KubernetesTiming } from './controllers/KubernetesTiming';
import type {
  ClusterReach,
  KubernetesControls,
} from './controls/KubernetesControls';
import type { AccessToken } from './http/Authorizer';
import { Authorizer } from './http/Authorizer';
import { KubernetesHttp } from './http/KubernetesHttp';
import { NetworkConditions } from './http/NetworkConditions';
import { podLog } from './http/podLog';
import { RequestLog } from './http/RequestLog';
import { Listener } from './Listener';
import { KubernetesCluster } from './KubernetesCluster';
import type { KindTable } from './model/KindTable';
import type { ResourceKind } from './model/ResourceKind';
import type { ObjectStore } from './store/ObjectStore';
import { StateFile } from './store/StateFile';

/** Options of {@link startKubernetes}. */
export interface StartKubernetesOptions {
  /** The port to listen on; 0 lets the system choose. */
  port: number;
  /** A loopback name or address; anything else is refused. */
  host: string;
  /** The name of the cluster, used for its nodes and its state file. */
  clusterName: string;
  /** Where its state is kept over restarts; nothing is kept when absent. */
  dataDir?: string;
  /** Who may do what. */
  tokens: readonly AccessToken[];
  clock: SimulatorClock;
  /** Stops the server, its controllers and its timers. */
  signal: AbortSignal;
  /** Receives one sentence for each thing worth knowing. */
  log(sentence: string): void;
  timing?: Partial<KubernetesTiming>;
  /** Kinds beyond the built-in ones, stored only. */
  extraKinds?: readonly ResourceKind[];
  /** How many changes of each kind can be read back; default 2,000. */
  historyLimit?: number;
  /** How often a watch gets a bookmark; default 10,000 ms (a real server: about a minute). */
  bookmarkEveryMs?: number;
  /** Whether `sendInitialEvents` is served; default false. */
  streamingLists?: boolean;
}

/** A running simulated cluster. */
export interface RunningKubernetes {
  /** The base URL of its API server. */
  url: string;
  controls: KubernetesControls;
  store: ObjectStore;
  api: KubernetesApi;
  kinds: KindTable;
  /** Resolves when it has stopped and its state is written. */
  stopped: Promise<void>;
}

/**
 * Starts a Kubernetes API server with controllers behind it, on loopback.
 *
 * @throws Error when the host is not loopback, the port is taken, or the state file is damaged.
 */
export async function startKubernetes(
  options: StartKubernetesOptions,
): Promise<RunningKubernetes> {
  const { clock, signal, clusterName, log } = options;
  const statePath =
    options.dataDir && join(options.dataDir, `kubernetes-${clusterName}.json`);
  const onError = (error: unknown) =>
    log(`The simulated cluster ${clusterName} failed inside: ${String(error)}`);
  const cluster = KubernetesCluster.start({
    clock,
    signal,
    onError,
    timing: options.timing,
    extraKinds: options.extraKinds,
    historyLimit: options.historyLimit,
    nodes: [`${clusterName}-node-1`],
    state: statePath ? await StateFile.read(statePath) : undefined,
  });
  const { store, api, kinds } = cluster;
  const network = new NetworkConditions();
  const requests = new RequestLog();
  const authorizer = new Authorizer(options.tokens);
  const http = new KubernetesHttp({
    store,
    api,
    kinds,
    network,
    requests,
    authorizer,
    onError,
    bookmarkEveryMs: options.bookmarkEveryMs ?? 10_000,
    streamingLists: options.streamingLists ?? false,
    podLog: path => podLog(store, path),
  });
  const listener = await Listener.listen({
    host: options.host,
    port: options.port,
    handle: (request, response) => void http.handle(request, response),
  });

  let file: StateFile | undefined;
  if (statePath) {
    file = new StateFile({
      path: statePath,
      snapshot: () => cluster.state(),
      onError,
    });
    store.subscribe(() => file?.touch());
    file.touch();
  }
  const stopped = new Promise<void>((resolve, reject) => {
    const stop = () => {
      Promise.all([listener.close(), file?.flush()]).then(
        () => resolve(),
        reject,
      );
    };
    if (signal.aborted) {
      stop();
    } else {
      signal.addEventListener('abort', stop, { once: true });
    }
  });
  log(`Cluster ${clusterName} answers at ${listener.url}`);

  const controls: KubernetesControls = {
    get reach(): ClusterReach {
      return listener.isOpen ? network.state : { kind: 'dropped' };
    },
    async setReach(reach) {
      if (reach.kind === 'dropped') {
        await listener.close();
        network.set({ kind: 'normal' });
      } else {
        network.set(reach);
        await listener.open();
      }
    },
    cutConnections: () => listener.cutConnections(),
    failNextRollout(workload, failure) {
      cluster.faults.failNext(workload, failure);
      file?.touch();
    },
    heal(workload) {
      cluster.faults.heal(workload);
      file?.touch();
    },
    ensureNamespace: (name, metadata) => {
      cluster.ensureNamespace(name, metadata);
    },
    compact: () => store.compact(),
    revokeToken: token => authorizer.revoke(token),
    get requestCount() {
      return requests.total;
    },
    get requests() {
      return requests.entries;
    },
  };
  return { url: listener.url, controls, store, api, kinds, stopped };
}
