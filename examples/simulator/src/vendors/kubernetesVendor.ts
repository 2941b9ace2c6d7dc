// SPDX-License-Identifier: Apache-2.0
import {
  type AccessRule,
  type ClusterReach,
  type RunningKubernetes,
  startKubernetes,
} from '../kubernetes';
import type { Vendor, VendorCondition } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/** The simulated cluster, and what the control changes in it. */
export interface KubernetesVendor extends Vendor {
  controls: RunningKubernetes['controls'];
  api: RunningKubernetes['api'];
  store: RunningKubernetes['store'];
  kinds: RunningKubernetes['kinds'];
}

const SLOW_MS = 5_000;

/** What somebody may do who only watches what runs. */
const WATCH_RULES: AccessRule[] = [
  {
    apiGroups: ['', 'apps', 'events.k8s.io'],
    resources: [
      'pods',
      'deployments',
      'replicasets',
      'statefulsets',
      'daemonsets',
      'events',
    ],
    verbs: ['get', 'list', 'watch'],
  },
  // a namespace that several services claim must name its own
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
];

/** Starts the simulated cluster; `deployToken` opens it for the simulated Spinnaker. */
export async function kubernetesVendor(
  setting: VendorSetting,
  deployToken: string,
): Promise<KubernetesVendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { port, clusterName, tokens } = config.kubernetes;
  const { url, controls, api, store, kinds, stopped } = await startKubernetes({
    port,
    host: config.host,
    clusterName,
    dataDir,
    tokens: [
      ...tokens.map(({ user, token, access }) => ({
        user,
        token,
        rules: access === 'watch' ? WATCH_RULES : undefined,
      })),
      { user: 'spinnaker', token: deployToken },
    ],
    clock,
    signal,
    log,
  });
  return {
    url,
    controls,
    api,
    store,
    kinds,
    closed: stopped,
    conditions: ['normal', 'slow', 'silent', 'down'],
    get condition() {
      const { kind } = controls.reach;
      return kind === 'dropped' ? 'down' : kind;
    },
    setCondition: condition => controls.setReach(reachOf(condition)),
  };
}

function reachOf(condition: VendorCondition): ClusterReach {
  switch (condition) {
    case 'slow':
      return { kind: 'slow', delayMs: SLOW_MS };
    case 'silent':
      return { kind: 'silent' };
    case 'down':
    case 'error':
      return { kind: 'dropped' };
    default:
      return { kind: 'normal' };
  }
}
