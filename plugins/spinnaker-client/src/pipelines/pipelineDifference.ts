// SPDX-License-Identifier: Apache-2.0
import { SpinnakerPipeline } from '../schemas/pipelineConfig';
import { canonicalJson } from './canonicalJson';
import { NOT_CONTENT } from './pipelineContentHash';

/**
 * Where a saved Spinnaker pipeline first differs from the one that was rendered, in a
 * sentence; `undefined` when both do the same.
 *
 * @public
 */
export function pipelineDifference(
  saved: SpinnakerPipeline,
  rendered: SpinnakerPipeline,
): string | undefined {
  const stages = stageDifference(saved, rendered);
  if (stages !== undefined) {
    return stages;
  }
  const key = differingKey(saved, rendered, NOT_CONTENT);
  return key === undefined
    ? undefined
    : `'${key}' of the Spinnaker pipeline '${rendered.name}' is not what Backstage wrote`;
}

function stageDifference(
  saved: SpinnakerPipeline,
  rendered: SpinnakerPipeline,
): string | undefined {
  const added = saved.stages.find(
    one => !rendered.stages.some(({ refId }) => refId === one.refId),
  );
  if (added) {
    return `The Spinnaker stage '${added.name ?? added.type}' was added to '${
      rendered.name
    }'`;
  }
  for (const wanted of rendered.stages) {
    const name = wanted.name ?? wanted.type;
    const found = saved.stages.find(({ refId }) => refId === wanted.refId);
    if (!found) {
      return `The Spinnaker stage '${name}' was taken out of '${rendered.name}'`;
    }
    const key = differingKey(found, wanted, new Set());
    if (key !== undefined) {
      return `'${key}' of the Spinnaker stage '${name}' in '${rendered.name}' is not what Backstage wrote`;
    }
  }
  return undefined;
}

function differingKey(
  saved: Record<string, unknown>,
  rendered: Record<string, unknown>,
  ignored: ReadonlySet<string>,
): string | undefined {
  return [...new Set([...Object.keys(rendered), ...Object.keys(saved)])].find(
    key =>
      !ignored.has(key) &&
      canonicalJson(saved[key]) !== canonicalJson(rendered[key]),
  );
}
