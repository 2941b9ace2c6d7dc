// SPDX-License-Identifier: Apache-2.0
import {
  pipelineContentHash,
  pipelineDifference,
  type SpinnakerClient,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import type { Outcome } from '../actions/Outcome';

/** Makes sure that Spinnaker has a Spinnaker pipeline exactly as rendered; a save in between is noticed. */
export async function applyPipeline(options: {
  spinnaker: SpinnakerClient;
  rendered: SpinnakerPipeline;
  dryRun: boolean;
  signal?: AbortSignal;
}): Promise<{
  outcome: Outcome;
  /** What of an existing one is, or would be, put right. */
  difference?: string;
}> {
  const { spinnaker, rendered, dryRun, signal } = options;
  const { application, name } = rendered;
  // Spinnaker holds names that differ only in case for the same.
  const existing = (await spinnaker.getPipelines(application, { signal })).find(
    one => one.name.toLowerCase() === name.toLowerCase(),
  );
  if (
    existing &&
    pipelineContentHash(existing) === pipelineContentHash(rendered)
  ) {
    return { outcome: 'unchanged' };
  }
  if (!dryRun) {
    await spinnaker.savePipeline(
      existing ? replacing(existing, rendered) : rendered,
      { signal },
    );
  }
  return existing
    ? {
        outcome: 'updated',
        difference: pipelineDifference(existing, rendered),
      }
    : { outcome: 'created' };
}

/**
 * The rendered document in the place of an existing one, so that a save in between is noticed.
 * Whom people let Spinnaker tell of it stays.
 */
function replacing(
  existing: SpinnakerPipeline,
  rendered: SpinnakerPipeline,
): SpinnakerPipeline {
  const { id, index, updateTs, lastModified, notifications } = existing;
  return {
    ...rendered,
    ...(id === undefined ? {} : { id }),
    ...(index === undefined ? {} : { index }),
    ...(updateTs === undefined ? {} : { updateTs }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(notifications === undefined ? {} : { notifications }),
  };
}
