// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { WorkloadLogs } from 'backstage-plugin-delivery-common';
import type { LogRequest } from 'backstage-plugin-delivery-node';
import type { ClusterConnection } from '../connection/ClusterConnection';
import type { ProjectedPod } from '../domain/projectPod';
import { readPodLog } from '../watch/readPodLog';

/** So many Pods of a Service are offered for reading. */
const MOST_PODS = 50;

/**
 * What one of a target's Pods wrote lately: the one that is asked for, or the first.
 *
 * @throws NotFoundError when the Pod is none of the target's.
 */
export async function readLogsOf(
  pods: readonly ProjectedPod[],
  options: {
    connection: ClusterConnection;
    namespace: string;
    request: LogRequest;
  },
): Promise<WorkloadLogs> {
  const { connection, namespace, request } = options;
  const { environment, previous, service } = request;
  const offered = pods.slice(0, MOST_PODS);
  const listed = offered.map(({ name, ready, restarts }) => ({
    name,
    ready,
    restarts,
  }));
  const pod = request.pod ?? offered[0]?.name;
  if (pod === undefined) {
    return { pods: listed, previous, text: '', truncated: false };
  }
  if (!offered.some(({ name }) => name === pod)) {
    throw new NotFoundError(`${service} has no pod ${pod} in ${environment}`);
  }
  const log = await readPodLog({ ...request, connection, namespace, pod });
  return { pods: listed, pod, previous, ...log };
}
