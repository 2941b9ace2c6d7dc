// SPDX-License-Identifier: Apache-2.0
import type {
  DoctorFinding,
  SourceState,
} from 'backstage-plugin-delivery-common';

/** What is wrong with a source; `undefined` when it is live. */
export function sourceFinding(state: SourceState): DoctorFinding | undefined {
  if (state.state === 'live') {
    return undefined;
  }
  const since = state.since ? ` since ${state.since}` : '';
  const reason = state.reason ? `: ${state.reason}` : '';
  return {
    severity: state.state === 'syncing' ? 'unknown' : 'error',
    subject: `${state.source}/${state.id}`,
    detail:
      state.state === 'syncing'
        ? `${state.id} is being read for the first time.`
        : `${state.id} cannot be reached${since}${reason}.`.slice(0, 600),
  };
}

/** An Environment names a cluster of which nothing was ever heard. */
export function unseenCluster(cluster: string): DoctorFinding {
  return {
    severity: 'error',
    subject: `kubernetes/${cluster}`,
    detail: `Nothing was ever heard of the cluster "${cluster}".`,
    fix: 'Add it to kubernetes.clusterLocatorMethods, or correct the cluster of the environment.',
  };
}
