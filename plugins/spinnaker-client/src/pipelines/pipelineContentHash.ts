// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { SpinnakerPipeline } from '../schemas/pipelineConfig';
import { canonicalJson } from './canonicalJson';

/** What Spinnaker itself writes into a saved pipeline, and what says nothing of what it does. @public */
export const NOT_CONTENT: ReadonlySet<string> = new Set([
  'id',
  'index',
  'createTs',
  'updateTs',
  'lastModified',
  'lastModifiedBy',
  'type',
  'email',
  'schema',
  // Whom Spinnaker tells of an execution is a matter of the people who want to know.
  'notifications',
]);

/**
 * The SHA-256 of what a Spinnaker pipeline does, as `sha256:…`.
 *
 * @remarks
 * A document and the same document read back from Spinnaker have the same hash.
 *
 * @public
 */
export function pipelineContentHash(pipeline: SpinnakerPipeline): string {
  const content = Object.fromEntries(
    Object.entries(pipeline).filter(([key]) => !NOT_CONTENT.has(key)),
  );
  const digest = createHash('sha256').update(canonicalJson(content));
  return `sha256:${digest.digest('hex')}`;
}
