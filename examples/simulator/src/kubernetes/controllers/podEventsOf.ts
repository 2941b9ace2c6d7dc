// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ContainerStatus } from '../model/podState';
import type { RecordedEvent } from './EventRecorder';

type Sentence = Pick<RecordedEvent, 'type' | 'reason' | 'message'>;

/** The Events a node tells when the containers of a Pod go from one state to the next. */
export function podEventsOf(
  pod: KubernetesObject,
  before: ContainerStatus[],
  after: ContainerStatus[],
): RecordedEvent[] {
  const { name, namespace, uid } = pod.metadata;
  const podName = `${name}_${namespace}(${uid})`;
  return after.flatMap((status, index) =>
    sentences(before[index], status, podName).map(sentence => ({
      ...sentence,
      about: pod,
      component: 'kubelet',
    })),
  );
}

function sentences(
  before: ContainerStatus | undefined,
  after: ContainerStatus,
  podName: string,
): Sentence[] {
  const image = String(after.image ?? '');
  const waiting = after.state.waiting;
  const was = before?.state.waiting?.reason;
  if (after.state.running && !before?.state.running) {
    return [
      normal('Pulled', `Container image "${image}" already present on machine`),
      normal('Created', `Created container: ${after.name}`),
      normal('Started', `Started container ${after.name}`),
    ];
  }
  if (!waiting || waiting.reason === was) {
    return [];
  }
  switch (waiting.reason) {
    case 'ErrImagePull':
      return [
        normal('Pulling', `Pulling image "${image}"`),
        warning(
          'Failed',
          `Failed to pull image "${image}": ${waiting.message}`,
        ),
        warning('Failed', 'Error: ErrImagePull'),
      ];
    case 'ImagePullBackOff':
      return [
        normal('BackOff', `Back-off pulling image "${image}"`),
        warning('Failed', 'Error: ImagePullBackOff'),
      ];
    case 'CrashLoopBackOff':
      return [
        warning(
          'BackOff',
          `Back-off restarting failed container ${after.name} in pod ${podName}`,
        ),
      ];
    case 'CreateContainerConfigError':
      return [warning('Failed', `Error: ${waiting.message}`)];
    default:
      return [];
  }
}

function normal(reason: string, message: string): Sentence {
  return { type: 'Normal', reason, message };
}

function warning(reason: string, message: string): Sentence {
  return { type: 'Warning', reason, message };
}
