// SPDX-License-Identifier: Apache-2.0
import { digestOfRelease, releaseIn, type Place } from '../world/World';

/** What must never be seen outside of the API server. */
export const CANARY = 'canary-b7f3';

/** How much a Pod of a real cluster weighs, with its environment and managed fields. */
const POD_BYTES = 10_600;

/** What changes of a place while the benchmark runs. */
export type PlaceState = { ready: number; version: number };

const labelsOf = ({ environment, service }: Place) => ({
  'app.kubernetes.io/name': service,
  'backstage.io/kubernetes-id': service,
  'helm.sh/chart': `${service}-3.8.${releaseIn(environment)}`,
});

const imageOf = ({ environment, service }: Place) =>
  `registry.example/team/${service}@${digestOfRelease(
    service,
    releaseIn(environment),
  )}`;

/** The Deployment of a place. */
export function deploymentBody(place: Place, state: PlaceState): object {
  return {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: {
      uid: `${place.namespace}-deployment`,
      name: place.service,
      namespace: place.namespace,
      labels: labelsOf(place),
      generation: 1,
      resourceVersion: String(state.version),
    },
    spec: {
      replicas: place.pods,
      selector: { matchLabels: labelsOf(place) },
      template: {
        spec: { containers: [{ name: 'app', image: imageOf(place) }] },
      },
    },
    status: {
      observedGeneration: 1,
      replicas: place.pods,
      updatedReplicas: place.pods,
      readyReplicas: state.ready,
      availableReplicas: state.ready,
      conditions: [
        {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
        },
      ],
    },
  };
}

/** The ReplicaSet of a place. */
export function replicaSetBody(place: Place, state: PlaceState): object {
  return {
    kind: 'ReplicaSet',
    apiVersion: 'apps/v1',
    metadata: {
      uid: `${place.namespace}-set`,
      name: `${place.service}-5d4f8`,
      namespace: place.namespace,
      labels: labelsOf(place),
      resourceVersion: String(state.version),
      ownerReferences: [
        {
          kind: 'Deployment',
          name: place.service,
          uid: `${place.namespace}-deployment`,
          controller: true,
        },
      ],
    },
    spec: { replicas: place.pods },
    status: { replicas: place.pods, observedGeneration: 1 },
  };
}

/** A Pod as text: everything but its state is the same for all Pods of a place. */
export function podText(
  place: Place,
  options: { index: number; restarts: number; version: number },
): string {
  const { index, restarts, version } = options;
  const values: { [mark: string]: string } = {
    '~name~': `${place.service}-5d4f8-${String(index).padStart(5, '0')}`,
    '"~restarts~"': String(restarts),
    '~version~': String(version),
  };
  return templateOf(place)
    .map(part => values[part] ?? part)
    .join('');
}

const templates = new Map<string, readonly string[]>();

/** The text of the Pods of a place, parted at what differs between them. */
function templateOf(place: Place): readonly string[] {
  const known = templates.get(place.namespace);
  if (known) {
    return known;
  }
  const bare = JSON.stringify(podTemplate(place, ''));
  const made = JSON.stringify(
    podTemplate(place, 'f:'.repeat(Math.max(0, (POD_BYTES - bare.length) / 2))),
  ).split(/(~name~|"~restarts~"|~version~)/);
  templates.set(place.namespace, made);
  return made;
}

function podTemplate(place: Place, filling: string): object {
  const image = imageOf(place);
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      uid: `${place.namespace}-~name~`,
      name: '~name~',
      namespace: place.namespace,
      labels: labelsOf(place),
      annotations: { 'example/note': CANARY },
      resourceVersion: '~version~',
      creationTimestamp: '2026-11-01T08:00:00Z',
      ownerReferences: [
        {
          kind: 'ReplicaSet',
          name: `${place.service}-5d4f8`,
          uid: `${place.namespace}-set`,
          controller: true,
        },
      ],
      managedFields: [
        { manager: 'kubelet', operation: 'Update', fieldsV1: { filling } },
      ],
    },
    spec: {
      nodeName: 'node-1',
      containers: [
        {
          name: 'app',
          image,
          env: Array.from({ length: 30 }, (_, number) => ({
            name: `SETTING_${number}`,
            value: `${CANARY}-${number}`,
          })),
          resources: { requests: { cpu: '100m', memory: '256Mi' } },
        },
      ],
    },
    status: {
      phase: 'Running',
      podIP: '10.0.0.1',
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Ready', status: 'True' },
      ],
      containerStatuses: [
        {
          name: 'app',
          image,
          imageID: image,
          ready: true,
          restartCount: '~restarts~',
          state: { running: { startedAt: '2026-11-01T08:00:10Z' } },
        },
      ],
    },
  };
}
