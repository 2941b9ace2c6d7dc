// SPDX-License-Identifier: Apache-2.0
import {
  pipelineContentHash,
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
}): Promise<Outcome> {
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
    return 'unchanged';
  }
  if (!dryRun) {
    await spinnaker.savePipeline(
      existing ? replacing(existing, rendered) : rendered,
      { signal },
    );
  }
  return existing ? 'updated' : 'created';
}

/** The rendered document in the place of an existing one, so that a save in between is noticed. */
function replacing(
  existing: SpinnakerPipeline,
  rendered: SpinnakerPipeline,
): SpinnakerPipeline {
  const { id, index, updateTs, lastModified } = existing;
  return {
    ...rendered,
    ...(id === undefined ? {} : { id }),
    ...(index === undefined ? {} : { index }),
    ...(updateTs === undefined ? {} : { updateTs }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}
