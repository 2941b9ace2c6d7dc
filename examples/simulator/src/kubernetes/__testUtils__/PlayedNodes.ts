// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '@backstage/types';
import { ApiClient } from '../contract/ApiClient';
import { at, itemsOf } from '../contract/ContractNamespace';

const LOOK_MS = 150;
const MERGE = 'application/merge-patch+json';
const DIGEST = `sha256:${'d1'.repeat(32)}`;

/**
 * Says of Pods what nodes would say: they run, unless their image is of a host
 * ending in `.invalid` or their command is `false`. Pods with the label
 * `unplayed` are left alone.
 *
 * @remarks
 * What is under test is the API server and its controllers; what nodes report
 * follows their own rules and is documented.
 */
export class PlayedNodes {
  readonly #client: ApiClient;
  readonly #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  private constructor(options: { url: string; token: string }) {
    this.#client = new ApiClient(options);
  }

  static start(options: { url: string; token: string }): PlayedNodes {
    const nodes = new PlayedNodes(options);
    nodes.#ended = nodes.#run();
    return nodes;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const { body } = await this.#client.send({
          path: '/api/v1/pods?fieldSelector=status.phase%3DPending&labelSelector=!unplayed',
        });
        await Promise.all(itemsOf(body).map(pod => this.#play(pod)));
      } catch {
        // the server comes or goes; the next look says
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #play(pod: JsonObject): Promise<void> {
    const container = at(pod, 'spec.containers.0');
    const image = String(at(Object(container), 'image'));
    const fate = fateOf(pod, image);
    if (at(pod, 'status.containerStatuses')) {
      return;
    }
    const home = `/api/v1/namespaces/${at(pod, 'metadata.namespace')}`;
    await this.#client.send({
      method: 'PATCH',
      path: `${home}/pods/${at(pod, 'metadata.name')}/status`,
      contentType: MERGE,
      body: { status: fate.status },
    });
    if (fate.event) {
      await this.#client.send({
        method: 'POST',
        path: `${home}/events`,
        body: {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { generateName: `${at(pod, 'metadata.name')}.` },
          type: 'Warning',
          reason: 'BackOff',
          message: fate.event,
          count: 1,
          lastTimestamp: new Date().toISOString(),
          involvedObject: {
            kind: 'Pod',
            name: at(pod, 'metadata.name'),
            namespace: at(pod, 'metadata.namespace'),
            uid: at(pod, 'metadata.uid'),
          },
        },
      });
    }
  }
}

type Fate = { status: JsonObject; event?: string };

function fateOf(pod: JsonObject, image: string): Fate {
  const ready = (status: 'True' | 'False') => [
    { type: 'Ready', status, lastTransitionTime: new Date().toISOString() },
  ];
  const container = {
    name: 'app',
    image,
    imageID: image.includes('@') ? image : `${image.split(':')[0]}@${DIGEST}`,
    containerID: 'played://app',
    ready: false,
    restartCount: 0,
  };
  if (/^[^/]*\.invalid\//.test(image)) {
    const message = `Back-off pulling image "${image}"`;
    return {
      status: {
        conditions: ready('False'),
        containerStatuses: [
          {
            ...container,
            imageID: '',
            containerID: '',
            state: { waiting: { reason: 'ImagePullBackOff', message } },
          },
        ],
      },
      event: message,
    };
  }
  if (at(pod, 'spec.containers.0.command.0') === 'false') {
    const message =
      'back-off 10s restarting failed container=app of the played node';
    return {
      status: {
        conditions: ready('False'),
        containerStatuses: [
          {
            ...container,
            restartCount: 2,
            state: { waiting: { reason: 'CrashLoopBackOff', message } },
            lastState: { terminated: { exitCode: 1, reason: 'Error' } },
          },
        ],
      },
      event: message,
    };
  }
  if (at(pod, 'spec.restartPolicy') === 'Never') {
    return {
      status: {
        phase: 'Succeeded',
        conditions: ready('False'),
        containerStatuses: [
          {
            ...container,
            state: { terminated: { exitCode: 0, reason: 'Completed' } },
          },
        ],
      },
    };
  }
  return {
    status: {
      phase: 'Running',
      conditions: ready('True'),
      containerStatuses: [
        {
          ...container,
          ready: true,
          state: { running: { startedAt: new Date().toISOString() } },
        },
      ],
    },
  };
}
