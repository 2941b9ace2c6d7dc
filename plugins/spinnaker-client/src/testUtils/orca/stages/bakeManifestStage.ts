// SPDX-License-Identifier: Apache-2.0
import { STATUS_CODES } from 'node:http';
import { isJsonMap, Json, JsonMap } from '../../model/Json';
import {
  httpException,
  orcaException,
  StageDefinition,
  succeeded,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';

const BAKE_URL = 'http://rosco/api/v2/manifest/bake/';

/** `bakeManifest`: renders a chart with its values files into one embedded artifact. */
export const bakeManifestStage: StageDefinition = {
  tasks: () => [
    {
      name: 'createBake',
      implementingClass:
        'com.netflix.spinnaker.orca.bakery.tasks.manifests.CreateBakeManifestTask',
      run: createBake,
    },
    {
      name: 'bindProducedArtifacts',
      implementingClass:
        'com.netflix.spinnaker.orca.pipeline.tasks.artifacts.BindProducedArtifactsTask',
      run: async ({ stage }) => {
        const resolvedExpectedArtifacts = resolve(
          maps(stage.context.expectedArtifacts),
          maps(stage.context.artifacts),
        );
        return succeeded(
          { resolvedExpectedArtifacts },
          { resolvedExpectedArtifacts },
        );
      },
    },
  ],
};

async function createBake(task: TaskRun): Promise<TaskOutcome> {
  const { stage, execution, backends, timing, elapsed, signal } = task;
  if (elapsed < timing.bake) {
    return { kind: 'running', after: timing.bake - elapsed };
  }
  const renderer = String(stage.context.templateRenderer ?? '');
  // a single one when Kustomize renders
  const inputs = isJsonMap(stage.context.inputArtifact)
    ? [stage.context.inputArtifact]
    : maps(stage.context.inputArtifacts);
  const [chart, ...values] = inputs.map(input => artifactOf(input));
  if (!chart) {
    return refused('At least one input artifact to bake must be supplied');
  }
  if (maps(stage.context.expectedArtifacts).length !== 1) {
    return refused(
      "The Bake (Manifest) stage produces one embedded base64 artifact.  Please ensure that your Bake (Manifest) stage config's `Produces Artifacts` section (`expectedArtifacts` field) contains exactly one artifact.",
    );
  }
  const name = String(stage.context.outputName ?? '');
  const baked = await backends.bake({
    application: execution.application,
    renderer,
    kustomizeFilePath: optionalText(stage.context.kustomizeFilePath),
    releaseName: name,
    namespace: String(stage.context.namespace ?? ''),
    chart: {
      account: chart.account,
      type: String(chart.artifact.type ?? ''),
      name: String(chart.artifact.name ?? ''),
      version: optionalText(chart.artifact.version),
      reference: optionalText(chart.artifact.reference),
    },
    values: values.map(({ artifact }) =>
      Buffer.from(String(artifact.reference ?? ''), 'base64').toString('utf8'),
    ),
    overrides: isJsonMap(stage.context.overrides)
      ? stage.context.overrides
      : {},
    signal,
  });
  if (baked.kind === 'failed') {
    return {
      kind: 'failed',
      exception: httpException({
        status: baked.status,
        error: STATUS_CODES[baked.status] ?? 'Error',
        url: `${BAKE_URL}${renderer}`,
        message: baked.message,
        rootException: 'java.lang.IllegalStateException',
      }),
    };
  }
  const artifacts = [
    {
      customKind: false,
      metadata: {},
      name,
      reference: Buffer.from(baked.yaml).toString('base64'),
      type: 'embedded/base64',
    },
  ];
  const written: JsonMap = { artifacts, cloudProvider: 'kubernetes' };
  return succeeded(
    baked.message ? { ...written, messages: [baked.message] } : written,
    written,
  );
}

function resolve(expected: JsonMap[], produced: JsonMap[]): JsonMap[] {
  return expected.map(one => {
    const match = isJsonMap(one.matchArtifact) ? one.matchArtifact : {};
    const bound = produced.find(
      artifact => artifact.name === match.name && artifact.type === match.type,
    );
    const fallback = isJsonMap(one.defaultArtifact) ? one.defaultArtifact : {};
    return {
      boundArtifact: bound ?? null,
      defaultArtifact: {
        customKind: fallback.customKind ?? true,
        metadata: { id: fallback.id ?? '' },
      },
      id: one.id ?? '',
      matchArtifact: {
        customKind: false,
        metadata: { id: match.id ?? '' },
        name: match.name ?? '',
        type: match.type ?? '',
      },
      useDefaultArtifact: one.useDefaultArtifact ?? false,
      usePriorArtifact: one.usePriorArtifact ?? false,
    };
  });
}

function refused(message: string): TaskOutcome {
  return {
    kind: 'failed',
    exception: orcaException('IllegalArgumentException', message),
  };
}

function artifactOf(input: JsonMap): { account: string; artifact: JsonMap } {
  return {
    account: String(input.account ?? ''),
    artifact: isJsonMap(input.artifact) ? input.artifact : {},
  };
}

function maps(value: Json | undefined): JsonMap[] {
  return Array.isArray(value) ? value.filter(isJsonMap) : [];
}

function optionalText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
