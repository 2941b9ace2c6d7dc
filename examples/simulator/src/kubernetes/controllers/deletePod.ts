// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ControllerContext } from './Controller';

/** Deletes a Pod of a workload and tells so in Events of both. */
export function deletePod(
  context: ControllerContext,
  request: {
    owner: KubernetesObject;
    pod: KubernetesObject;
    component: string;
  },
): void {
  const { owner, pod, component } = request;
  const { name, namespace } = pod.metadata;
  context.api.delete({ kind: context.kinds.get('Pod'), namespace, name });
  context.events.record({
    about: owner,
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${name}`,
    component,
  });
  context.events.record({
    about: pod,
    type: 'Normal',
    reason: 'Killing',
    message: `Stopping container of pod ${name}`,
    component: 'kubelet',
  });
}
