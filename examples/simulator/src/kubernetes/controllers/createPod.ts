// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import type { KubernetesObject } from '../model/KubernetesObject';
import type { PodTemplate } from '../model/workloads';
import type { ControllerContext } from './Controller';
import { controllerReference } from './controllerReference';

/** A Pod was made, or the API server refused it with this sentence. */
export type CreatePodResult =
  | { kind: 'created'; pod: KubernetesObject }
  | { kind: 'refused'; message: string };

/** Makes a Pod from a workload's template and tells so in an Event. */
export function createPod(
  context: ControllerContext,
  request: {
    owner: KubernetesObject;
    template: PodTemplate;
    /** A fixed name; generated from the owner's otherwise. */
    name?: string;
    labels?: { [key: string]: string };
    /** Who makes it, for example `replicaset-controller`. */
    component: string;
    nodeName?: string;
  },
): CreatePodResult {
  const { owner, template, name, labels, component, nodeName } = request;
  try {
    const pod = context.api.create(context.kinds.get('Pod'), {
      namespace: owner.metadata.namespace,
      manifest: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...(name ? { name } : { generateName: `${owner.metadata.name}-` }),
          labels: { ...template.metadata?.labels, ...labels },
          ...(template.metadata?.annotations
            ? { annotations: template.metadata.annotations }
            : {}),
          ownerReferences: [controllerReference(owner)],
        },
        spec: { ...template.spec, ...(nodeName ? { nodeName } : {}) },
      },
    });
    context.events.record({
      about: owner,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name}`,
      component,
    });
    return { kind: 'created', pod };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    context.events.record({
      about: owner,
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${error.message}`,
      component,
    });
    return { kind: 'refused', message: error.message };
  }
}
