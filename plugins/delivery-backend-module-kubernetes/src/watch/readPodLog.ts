// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { ClusterConnection } from '../connection/ClusterConnection';
import { textOf } from '../domain/readJson';
import { readAnswer, refusalOf } from './readAnswer';

const LINES = 500;
const ANSWER_WITHIN_MS = 5_000;

/**
 * The last lines that a container wrote.
 *
 * @throws InputError when the cluster says that the request cannot be, ClusterError
 * when it refuses or cannot be reached.
 */
export async function readPodLog(options: {
  connection: ClusterConnection;
  namespace: string;
  pod: string;
  container?: string;
  previous: boolean;
  mostBytes: number;
  signal: AbortSignal;
}): Promise<{ text: string; truncated: boolean }> {
  const { connection, container, mostBytes, namespace, pod, signal } = options;
  const query = new URLSearchParams({
    tailLines: String(LINES),
    limitBytes: String(mostBytes),
    ...(options.previous ? { previous: 'true' } : {}),
    ...(container === undefined ? {} : { container }),
  });
  const place = [namespace, pod].map(encodeURIComponent);
  const answer = await connection.get(
    `/api/v1/namespaces/${place[0]}/pods/${place[1]}/log?${query}`,
    { signal, answerWithinMs: ANSWER_WITHIN_MS },
  );
  if (answer.status === 400 || answer.status === 404) {
    const said = textOf(await readAnswer(answer), 'message', 300);
    throw new InputError(said ?? 'The cluster has no such log');
  }
  if (answer.status !== 200) {
    throw refusalOf(answer.status, await readAnswer(answer));
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  let late = false;
  try {
    for await (const piece of answer.body) {
      pieces.push(piece);
      length += piece.length;
      if (length >= mostBytes) {
        break;
      }
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
    late = true;
  } finally {
    answer.close();
  }
  const bytes = Buffer.concat(pieces).subarray(0, mostBytes);
  return {
    text: bytes.toString('utf8'),
    truncated: late || length >= mostBytes,
  };
}
