// SPDX-License-Identifier: Apache-2.0
import type { ClusterConnection } from '../connection/ClusterConnection';
import { ClusterError } from '../connection/ClusterError';
import { projectObject, type ProjectedObject } from '../domain/projectObject';
import { fieldOf, listOf, textOf } from '../domain/readJson';
import type { ProjectionPool } from '../domain/ProjectionPool';
import { WATCHED_PATHS, type WatchedKind } from '../domain/WatchedKind';
import { readAnswer, refusalOf } from './readAnswer';

const PAGE = 500;
const ANSWER_WITHIN_MS = 30_000;
const MAX_ATTEMPTS = 3;
/** More pages are no list of one kind; that would be a million objects. */
const MAX_PAGES = 2_000;

/** A whole list of a kind, at one version. */
export interface ListedObjects {
  objects: Map<string, ProjectedObject>;
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
  const objects = new Map<string, ProjectedObject>();
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

/** A page is parsed in here and nowhere kept, so that it can be freed before the next one. */
async function listPage(
  options: ListOptions,
  objects: Map<string, ProjectedObject>,
  token: string | undefined,
): Promise<{ resourceVersion: string; next?: string }> {
  const { connection, kind, pool, signal } = options;
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(token === undefined ? {} : { continue: token }),
  });
  const answer = await connection.get(`${WATCHED_PATHS[kind]}?${query}`, {
    signal,
    answerWithinMs: ANSWER_WITHIN_MS,
    compressed: true,
  });
  const body = await readAnswer(answer);
  if (answer.status !== 200) {
    throw refusalOf(answer.status, body);
  }
  const metadata = fieldOf(body, 'metadata');
  const resourceVersion = textOf(metadata, 'resourceVersion', 40);
  if (resourceVersion === undefined || !Array.isArray(fieldOf(body, 'items'))) {
    throw new ClusterError('garbled', 'The cluster answered with no list');
  }
  for (const item of listOf(body, 'items', Infinity)) {
    const object = projectObject(kind, item, pool);
    if (object) {
      objects.set(object.uid, object);
    }
  }
  return { resourceVersion, next: textOf(metadata, 'continue', 4_000) };
}
