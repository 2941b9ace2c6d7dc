// SPDX-License-Identifier: Apache-2.0
import { takeTurns } from 'backstage-plugin-delivery-node';
import type { ClusterConnection } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import { parseModestJson } from '../domain/parseModestJson';
import { projectObject } from '../domain/projectObject';
import { fieldOf, textOf } from '../domain/readJson';
import type { ProjectionPool } from '../domain/ProjectionPool';
import { WATCHED_RESOURCES, type WatchedKind } from '../domain/WatchedKind';
import type { ObjectChange } from '../view/ClusterView';
import { readAnswer, refusalOf } from './readAnswer';
import { readLines } from './readLines';
import { withSilenceLimit } from './withSilenceLimit';

/** What a watch needs. */
export interface WatchOptions {
  connection: ClusterConnection;
  kind: WatchedKind;
  pool: ProjectionPool;
  /** The version to go on from. */
  resourceVersion: string;
  /** How long the server is to keep the watch open, in seconds. */
  timeoutSeconds: number;
  /** How long the server may take to accept the watch, in milliseconds. */
  answerWithinMs: number;
  /** How long the server may say nothing after that, in milliseconds. */
  silenceMs: number;
  signal: AbortSignal;
  /** Called when the server has accepted the watch. */
  onOpen(): void;
  /** Called with each change and the version it leads to. */
  onChange(change: ObjectChange): void;
  /** Called with each new version, changes and bookmarks alike. */
  onVersion(resourceVersion: string): void;
}

/**
 * Follows the changes of a kind until the server ends the watch.
 *
 * @throws ClusterError of kind `expired` when the version is too old, `quiet` when nothing
 * comes for too long, `garbled` when a line cannot be understood.
 */
export async function watchChanges(options: WatchOptions): Promise<void> {
  const { connection, kind, signal } = options;
  const { path, query } = WATCHED_RESOURCES[kind];
  const asked = new URLSearchParams({
    ...query,
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: options.resourceVersion,
    timeoutSeconds: String(options.timeoutSeconds),
  });
  const answer = await connection.get(`${path}?${asked}`, {
    signal,
    answerWithinMs: options.answerWithinMs,
  });
  if (answer.status !== 200) {
    throw refusalOf(answer.status, await readAnswer(answer));
  }
  options.onOpen();
  // half a line is no sign of life, however it trickles
  const lines = withSilenceLimit(readLines(answer.body), {
    milliseconds: options.silenceMs,
    kind: 'quiet',
    close: () => answer.close(),
  });
  const turn = takeTurns();
  let last = options.resourceVersion;
  for await (const line of lines) {
    last = takeLine(line, last, options);
    await turn();
  }
}

/** Takes what one line tells, and answers with the version that it leads to. */
function takeLine(line: Buffer, last: string, options: WatchOptions): string {
  const event = parseLine(line);
  const type = textOf(event, 'type', 20);
  const object = fieldOf(event, 'object');
  if (type === 'ERROR') {
    throw refusalOf(0, object);
  }
  const version = textOf(fieldOf(object, 'metadata'), 'resourceVersion', 40);
  if (version === undefined || isOlder(version, last)) {
    throw garbled();
  }
  if (type !== 'BOOKMARK' && version === last) {
    return last; // told twice
  }
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') {
    const projected = projectObject(options.kind, object, options.pool);
    if (!projected) {
      throw garbled();
    }
    options.onChange(
      type === 'DELETED'
        ? { type: 'removed', uid: projected.uid }
        : { type: 'put', object: projected },
    );
  } else if (type !== 'BOOKMARK') {
    throw garbled();
  }
  options.onVersion(version);
  return version;
}

/**
 * Whether a version goes back behind another.
 *
 * @remarks
 * A server tells the changes of a kind in their order; one that does not is not
 * believed, and everything is listed anew. Versions that are no numbers cannot be
 * compared and are taken as they come.
 */
function isOlder(version: string, last: string): boolean {
  const numbers = /^\d{1,30}$/;
  return (
    numbers.test(version) &&
    numbers.test(last) &&
    BigInt(version) < BigInt(last)
  );
}

function parseLine(line: Buffer): unknown {
  try {
    return parseModestJson(line);
  } catch {
    throw garbled();
  }
}

function garbled(): ClusterError {
  return new ClusterError(
    'garbled',
    'The cluster sent a change that cannot be understood',
  );
}
