// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type { ContainerStatus } from '../model/podState';
import type { Container } from '../model/workloads';
import type { ContainerFate } from './containerFate';
import type { KubernetesTiming } from './KubernetesTiming';

/** The next state of a container and how long it takes to get there. */
export interface ContainerStep {
  afterMs: number;
  status: ContainerStatus;
}

/** What decides a container's next state. */
export interface ContainerStepOptions {
  container: Container;
  status: ContainerStatus;
  fate: ContainerFate;
  /** As the messages name it: `name_namespace(uid)`. */
  podName: string;
  restartPolicy: string;
  timing: KubernetesTiming;
  /** The time of the step, as the API writes times. */
  now: string;
}

/** The state of a container that was just created on its node. */
export function createdContainer(container: Container): ContainerStatus {
  return {
    name: container.name,
    image: container.image,
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    state: { waiting: { reason: 'ContainerCreating' } },
    lastState: {},
  };
}

/** The next step of a container, or undefined when it stays as it is. */
export function nextContainerStatus(
  options: ContainerStepOptions,
): ContainerStep | undefined {
  const { status, fate, timing } = options;
  const { waiting, running, terminated } = status.state;
  if (terminated) {
    return undefined;
  }
  if (running) {
    return nextOfRunning(options);
  }
  const reason = waiting?.reason ?? 'ContainerCreating';
  if (reason === 'CrashLoopBackOff') {
    const doublings = Math.min(status.restartCount - 1, 4);
    return {
      afterMs: timing.restartAfterMs * 2 ** Math.max(doublings, 0),
      status: run(options),
    };
  }
  const afterMs =
    reason === 'ContainerCreating' ? timing.startAfterMs : timing.retryAfterMs;
  if (fate.kind === 'config-missing') {
    return {
      afterMs,
      status: wait(status, 'CreateContainerConfigError', fate.message),
    };
  }
  if (fate.kind === 'image-missing') {
    return {
      afterMs,
      status:
        reason === 'ErrImagePull'
          ? wait(
              status,
              'ImagePullBackOff',
              `Back-off pulling image "${options.container.image}": ErrImagePull: ${fate.message}`,
            )
          : wait(status, 'ErrImagePull', fate.message),
    };
  }
  return { afterMs, status: run(options) };
}

function nextOfRunning(
  options: ContainerStepOptions,
): ContainerStep | undefined {
  const { status, fate, timing } = options;
  switch (fate.kind) {
    case 'crashes':
      return {
        afterMs: timing.crashAfterMs,
        status: crash(options, fate.message),
      };
    case 'completes':
      return {
        afterMs: timing.jobTakesMs,
        status: {
          ...status,
          ready: false,
          started: false,
          state: { terminated: ended(options, fate.exitCode, '') },
        },
      };
    case 'runs':
      return status.ready
        ? undefined
        : {
            afterMs: timing.readyAfterMs,
            status: { ...status, ready: true, started: true },
          };
    default:
      return undefined;
  }
}

function wait(
  status: ContainerStatus,
  reason: string,
  message: string,
): ContainerStatus {
  return {
    ...status,
    ready: false,
    started: false,
    state: { waiting: { reason, message } },
  };
}

function run({
  container,
  status,
  now,
}: ContainerStepOptions): ContainerStatus {
  return {
    ...status,
    ready: false,
    started: false,
    imageID: imageIdOf(container.image),
    containerID: `containerd://${digestOf(`${container.image} ${now}`)}`,
    state: { running: { startedAt: now } },
  };
}

function crash(
  options: ContainerStepOptions,
  message: string,
): ContainerStatus {
  const { status, container, podName } = options;
  if (options.restartPolicy === 'Never') {
    return {
      ...status,
      ready: false,
      started: false,
      state: { terminated: ended(options, 1, message) },
    };
  }
  const restartCount = status.restartCount + 1;
  const seconds = Math.min(10 * 2 ** (restartCount - 1), 300);
  const backOff =
    seconds < 60
      ? `${seconds}s`
      : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  return {
    ...wait(
      status,
      'CrashLoopBackOff',
      `back-off ${backOff} restarting failed container=${container.name} pod=${podName}`,
    ),
    restartCount,
    lastState: { terminated: ended(options, 1, message) },
  };
}

function ended(
  { status, now }: ContainerStepOptions,
  exitCode: number,
  message: string,
): { exitCode: number; reason: string } & JsonObject {
  return {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    ...(message === '' ? {} : { message }),
    startedAt: status.state.running?.startedAt ?? now,
    finishedAt: now,
    containerID: status.containerID,
  };
}

/** The image a node really runs: the digest of the reference, or one that stands for its tag. */
function imageIdOf(image: string): string {
  const [name, digest] = image.split('@');
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const repository = colon === -1 ? name : name.slice(0, colon);
  return `${repository}@${digest ?? `sha256:${digestOf(name)}`}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
