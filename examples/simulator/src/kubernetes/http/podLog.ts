// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import { containerStatusesOf } from '../model/podState';
import type { ObjectStore } from '../store/ObjectStore';
import type { ResourcePath } from './parseResourcePath';

/**
 * What the containers of a Pod wrote: when each was started and why it ended.
 *
 * @throws ApiError 404 when the Pod is not there, 400 while a container was never started.
 */
export function podLog(store: ObjectStore, path: ResourcePath): string {
  const pod = store.get({ ...path, name: path.name ?? '' });
  const lines = containerStatusesOf(pod).flatMap(status => {
    const { running, waiting, terminated } = status.state;
    if (waiting && status.restartCount === 0) {
      throw ApiError.badRequest(
        `container "${status.name}" in pod "${pod.metadata.name}" is waiting to start: ${waiting.reason}`,
      );
    }
    const started = running
      ? [`${running.startedAt} ${status.name} started`]
      : [];
    const ended = terminated
      ? [`${status.name} ended with exit code ${terminated.exitCode}`]
      : [];
    return [...started, ...ended];
  });
  return lines.map(line => `${line}\n`).join('');
}
