// SPDX-License-Identifier: Apache-2.0
import { parseAllDocuments } from 'yaml';
import { FakeExecution, FakeStage } from '../../model/GateState';
import { isJsonMap, JsonMap, jsonMapSchema } from '../../model/Json';
import { ancestors } from '../expressionScope';
import {
  orcaException,
  succeeded,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { mapsOf } from './mapsOf';

/** Finds the manifests that a stage is to deploy: in an artifact, or in the stage itself. */
export async function resolveDeploySource(task: TaskRun): Promise<TaskOutcome> {
  const { stage, execution } = task;
  if (stage.context.source !== 'artifact') {
    const manifests = mapsOf(stage.context.manifests ?? stage.context.manifest);
    const written = { manifests, optionalArtifacts: [], requiredArtifacts: [] };
    return succeeded(written, written);
  }
  const artifact = manifestArtifact(execution, stage);
  if (!artifact) {
    return {
      kind: 'failed',
      exception: orcaException(
        'IllegalArgumentException',
        'No manifest artifact was specified.',
      ),
    };
  }
  const yaml = Buffer.from(String(artifact.reference), 'base64').toString(
    'utf8',
  );
  const documents = parseAllDocuments(yaml);
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) {
    return {
      kind: 'failed',
      exception: orcaException('IllegalArgumentException', broken.message),
    };
  }
  const manifests: JsonMap[] = [];
  for (const document of documents) {
    const parsed = jsonMapSchema.safeParse(document.toJS());
    if (parsed.success && Object.keys(parsed.data).length > 0) {
      manifests.push(parsed.data);
    }
  }
  const written = {
    manifests,
    optionalArtifacts: [artifact],
    requiredArtifacts: [],
  };
  return succeeded(written, written);
}

/** The artifact a deploy stage is pointed at, from the stages before it. */
function manifestArtifact(
  execution: FakeExecution,
  stage: FakeStage,
): JsonMap | undefined {
  const id = stage.context.manifestArtifactId;
  for (const before of ancestors(execution, stage)) {
    const resolved = before.outputs.resolvedExpectedArtifacts;
    const found = mapsOf(resolved).find(one => one.id === id);
    if (found && isJsonMap(found.boundArtifact)) {
      return found.boundArtifact;
    }
  }
  return isJsonMap(stage.context.manifestArtifact)
    ? stage.context.manifestArtifact
    : undefined;
}
