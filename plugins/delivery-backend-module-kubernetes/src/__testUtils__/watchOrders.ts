// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { KubernetesObserver } from '../KubernetesObserver';
import { ORDERS } from './ORDERS';

/** So long a machine may take that does much else; milliseconds. */
const PATIENCE_MS = 120_000;

/** Waits until something is so; what is so instead goes into the error. */
export async function until(
  is: () => boolean,
  instead: () => unknown = () => '',
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!is()) {
    if (Date.now() > deadline) {
      throw new Error(`Not so in time: ${JSON.stringify(instead())}`);
    }
    await delay(5);
  }
}

/** Watches one service in one cluster, with little patience. */
export async function watchOrders(url: string, signal: AbortSignal) {
  const seen: { last?: Observation } = {};
  const states: SourceState[] = [];
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  await KubernetesObserver.create({
    clusters: [
      {
        name: 'local',
        url,
        serviceAccountToken: 'watcher',
        skipTlsVerify: false,
      },
    ],
    logger,
    timing: {
      silenceMs: 5_000,
      answerMs: 5_000,
      firstPauseMs: 1,
      longestPauseMs: 4,
      shortestWatchMs: 1,
      gatherMs: 2,
      heartbeatMs: 1_000,
    },
  }).observe(
    {
      current: () => [
        {
          service: 'component:default/orders',
          environment: 'prod',
          cluster: 'local',
          namespace: ORDERS.namespace,
          selector: 'backstage.io/kubernetes-id=orders',
        },
      ],
      onChange: () => {},
    },
    {
      onObservation: observation => {
        seen.last = observation;
      },
      onSource: state => states.push(state),
      signal,
    },
  );
  return {
    logger,
    seen,
    states,
    /** What is seen now, for an error. */
    sight: () => ({ state: states.at(-1), workloads: seen.last?.workloads }),
    isTrue: () => {
      const workloads = seen.last?.workloads ?? [];
      return (
        states.at(-1)?.state === 'live' &&
        workloads.length === 1 &&
        workloads[0].images[0]?.digest === ORDERS.digest
      );
    },
  };
}
