// SPDX-License-Identifier: Apache-2.0
import type { ClusterConnection } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import { projectObject } from '../domain/projectObject';
import type { ProjectionPool } from '../domain/ProjectionPool';
import { WATCHED_RESOURCES, type WatchedKind } from '../domain/WatchedKind';
import { KindIndex } from '../view/KindIndex';
import { readPage, type ReadPage } from './readPage';

const ANSWER_WITHIN_MS = 30_000;
const MAX_ATTEMPTS = 3;
/** More pages are no list of one kind; that would be a million objects. */
const MAX_PAGES = 2_000;

/** A whole list of a kind, at one version. */
export interface ListedObjects {
  objects: KindIndex;
  resourceVersion: string;
}

/** What a list needs. */
export interface ListOptions {
  connection: ClusterConnection;
  kind: WatchedKind;
  pool: ProjectionPool;
  signal: AbortSignal;
  /** Called for each page that came. */
  onSign(): void;
}

/**
 * Lists all objects of a kind page by page.
 *
 * @remarks
 * When the server forgets the version in the middle, the list begins anew, at most three
 * times.
 *
 * @throws ClusterError
 */
export async function listAll(options: ListOptions): Promise<ListedObjects> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listOnce(options);
    } catch (error) {
      const expired = error instanceof ClusterError && error.kind === 'expired';
      if (!expired || attempt === MAX_ATTEMPTS) {
        throw error;
      }
    }
  }
}

async function listOnce(options: ListOptions): Promise<ListedObjects> {
  const objects = new KindIndex();
  let token: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await listPage(options, objects, token);
    options.onSign();
    if (page.next === undefined) {
      return { objects, resourceVersion: page.resourceVersion };
    }
    if (page.next === token) {
      break; // the same page again, for ever
    }
    token = page.next;
  }
  throw new ClusterError('garbled', 'The list of the cluster has no end');
}

/** Puts the objects of one page to those that are known. */
async function listPage(
  options: ListOptions,
  objects: KindIndex,
  token: string | undefined,
): Promise<ReadPage> {
  const { connection, kind, pool, signal } = options;
  const { page, path, query } = WATCHED_RESOURCES[kind];
  const asked = new URLSearchParams({
    ...query,
    limit: String(page),
    ...(token === undefined ? {} : { continue: token }),
  });
  const answer = await connection.get(`${path}?${asked}`, {
    signal,
    answerWithinMs: ANSWER_WITHIN_MS,
    compressed: true,
  });
  return readPage(answer, item => {
    const object = projectObject(kind, item, pool);
    if (object) {
      objects.put(object);
    }
  });
}
