// SPDX-License-Identifier: Apache-2.0
import {
  projectHelmRelease,
  type ProjectedHelmRelease,
} from './projectHelmRelease';
import { projectPod, type ProjectedPod } from './projectPod';
import { projectWorkload, type ProjectedWorkload } from './projectWorkload';
import { fieldOf, textOf } from './readJson';
import type { ProjectionPool } from './ProjectionPool';
import type { WatchedKind } from './WatchedKind';

/** What is kept of an object of a cluster; everything else is dropped as it is read. */
export type ProjectedObject =
  | ProjectedPod
  | ProjectedWorkload
  | ProjectedHelmRelease;

/**
 * Takes from an object what is kept of it, or undefined when it has no identity.
 *
 * @remarks
 * This is an allow-list: environment variables, annotations, commands, volumes and what
 * Secrets hold are never copied out of what the API sent.
 */
export function projectObject(
  kind: WatchedKind,
  object: unknown,
  pool: ProjectionPool,
): ProjectedObject | undefined {
  const metadata = fieldOf(object, 'metadata');
  const uid = textOf(metadata, 'uid', 64);
  const name = textOf(metadata, 'name');
  const namespace = textOf(metadata, 'namespace');
  if (!uid || !name || !namespace) {
    return undefined;
  }
  const identity = { uid, name, namespace: pool.intern(namespace) };
  switch (kind) {
    case 'Pod':
      return projectPod(identity, object, pool);
    case 'HelmRelease':
      return projectHelmRelease(identity, object, pool);
    default:
      return projectWorkload({ kind, identity, object, pool });
  }
}
