// SPDX-License-Identifier: Apache-2.0
import type { ClusterConnection } from '../connection/ClusterConnection';
import { readAnswer, refusalOf } from './readAnswer';

const MOST = 200;
const ANSWER_WITHIN_MS = 10_000;

/**
 * The warnings of one namespace, as the cluster lists them.
 *
 * @throws ClusterError
 */
export async function listWarnings(options: {
  connection: ClusterConnection;
  namespace: string;
  signal: AbortSignal;
}): Promise<unknown> {
  const { connection, namespace, signal } = options;
  const query = new URLSearchParams({
    fieldSelector: 'type=Warning',
    limit: String(MOST),
  });
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const answer = await connection.get(`${path}?${query}`, {
    signal,
    answerWithinMs: ANSWER_WITHIN_MS,
    compressed: true,
  });
  const body = await readAnswer(answer);
  if (answer.status !== 200) {
    throw refusalOf(answer.status, body);
  }
  return body;
}
