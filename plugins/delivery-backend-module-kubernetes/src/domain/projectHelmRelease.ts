// SPDX-License-Identifier: Apache-2.0
import { decodeHelmRelease } from './decodeHelmRelease';
import type { ObjectIdentity } from './projectPod';
import { fieldOf, textOf } from './readJson';
import type { ProjectionPool } from './ProjectionPool';

/** What is kept of Helm's record of a release. */
export interface ProjectedHelmRelease extends ObjectIdentity {
  kind: 'HelmRelease';
  /** The name that Helm knows it by. */
  release: string;
  /** Counts up with each install, upgrade and rollback. */
  revision: number;
  /** Helm's own word: `deployed`, `failed`, `pending-upgrade`, … */
  status: string;
  chart?: string;
  version?: string;
  /** The SHA-256 of the record as it is stored. */
  digest?: string;
}

/**
 * Takes from a Secret of Helm what is kept of it: never the values, never the manifest.
 * Nothing is kept of any other Secret.
 */
export function projectHelmRelease(
  identity: ObjectIdentity,
  secret: unknown,
  pool: ProjectionPool,
): ProjectedHelmRelease | undefined {
  const labels = fieldOf(fieldOf(secret, 'metadata'), 'labels');
  const release = textOf(labels, 'name', 63);
  if (textOf(labels, 'owner') !== 'helm' || release === undefined) {
    return undefined;
  }
  const data = textOf(fieldOf(secret, 'data'), 'release', Infinity);
  const decoded = data === undefined ? undefined : decodeHelmRelease(data);
  const revision = Number(textOf(labels, 'version', 10));
  return {
    kind: 'HelmRelease',
    ...identity,
    release: pool.intern(release),
    revision: Number.isSafeInteger(revision) && revision > 0 ? revision : 1,
    status: pool.intern(textOf(labels, 'status', 30) ?? 'unknown'),
    ...(decoded?.chart ? { chart: pool.intern(decoded.chart) } : {}),
    ...(decoded?.version ? { version: pool.intern(decoded.version) } : {}),
    ...(decoded ? { digest: decoded.digest } : {}),
  };
}
