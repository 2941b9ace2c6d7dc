// SPDX-License-Identifier: Apache-2.0
import type { ClusterConnection } from '../connection/ClusterConnection';
import { readPage } from './readPage';

const PAGE = 500;
/** A namespace with more warnings than these has other troubles; they come in no order. */
const MOST_PAGES = 4;
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
}): Promise<unknown[]> {
  const { connection, namespace, signal } = options;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const events: unknown[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const query = new URLSearchParams({
      fieldSelector: 'type=Warning',
      limit: String(PAGE),
      ...(token === undefined ? {} : { continue: token }),
    });
    const answer = await connection.get(`${path}?${query}`, {
      signal,
      answerWithinMs: ANSWER_WITHIN_MS,
      compressed: true,
    });
    const { next } = await readPage(answer, event => events.push(event));
    if (next === undefined) {
      break;
    }
    token = next;
  }
  return events;
}
