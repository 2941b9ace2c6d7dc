// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { ScriptedCluster, ScriptedObject } from './ScriptedCluster';

/** A Deployment of a test, with its ReplicaSet and one Pod. */
export interface ScriptedDeployment {
  name: string;
  namespace: string;
  /** The digest it runs. */
  digest: string;
  /** Why its Pod does not run; it runs when absent. */
  waiting?: { reason: string; message: string };
  status?: JsonObject;
}

/** Puts a Deployment, its ReplicaSet and its Pod into a scripted cluster. */
export function putDeployment(
  cluster: ScriptedCluster,
  deployment: ScriptedDeployment,
): void {
  for (const object of deploymentObjects(deployment)) {
    cluster.put(object);
  }
}

/** The objects of a Deployment. */
export function deploymentObjects(
  deployment: ScriptedDeployment,
): ScriptedObject[] {
  const { name, namespace, digest, waiting, status } = deployment;
  const image = `registry.example.test/team/${name}@${digest}`;
  const container = {
    name: 'app',
    image,
    env: [{ name: 'PASSWORD', value: 'canary-of-the-environment' }],
  };
  const ready = waiting === undefined;
  const labels = {
    'backstage.io/kubernetes-id': name,
    'helm.sh/chart': `${name}-1.2.44`,
  };
  const metadata = (uid: string, owner?: string) => ({
    uid: `${namespace}-${uid}`,
    name: uid,
    namespace,
    labels,
    generation: 1,
    annotations: { note: 'canary-of-the-annotations' },
    ...(owner
      ? {
          ownerReferences: [
            {
              kind: owner === name ? 'Deployment' : 'ReplicaSet',
              uid: `${namespace}-${owner}`,
              controller: true,
            },
          ],
        }
      : {}),
  });
  return [
    {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: metadata(name),
      spec: { replicas: 1, template: { spec: { containers: [container] } } },
      status: status ?? {
        observedGeneration: 1,
        replicas: 1,
        updatedReplicas: 1,
        ...(ready ? { readyReplicas: 1, availableReplicas: 1 } : {}),
      },
    },
    {
      kind: 'ReplicaSet',
      apiVersion: 'apps/v1',
      metadata: metadata(`${name}-rs`, name),
      spec: { replicas: 1, template: { spec: { containers: [container] } } },
      status: { observedGeneration: 1, replicas: 1 },
    },
    {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: metadata(`${name}-pod`, `${name}-rs`),
      spec: { containers: [container] },
      status: {
        phase: ready ? 'Running' : 'Pending',
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
        containerStatuses: [
          {
            name: 'app',
            imageID: '',
            restartCount: 0,
            state: waiting ? { waiting } : { running: {} },
          },
        ],
      },
    },
  ];
}
