// SPDX-License-Identifier: Apache-2.0
import type { DeployPipelineSpec } from '../DeployPipelineSpec';
import { type StageBody, STOP_ON_FAILURE } from './StageBody';

const BAKE_TIMEOUT_MS = 120_000;
/** The artifact account that every Spinnaker has for what is embedded. */
export const EMBEDDED = 'embedded-artifact';

/** A part of the chart that is rendered on its own. */
export type BakedPart = {
  /** What the value `part` of the chart is set to. */
  part: 'workload' | 'traffic';
  /** Stands behind the name of what is baked, and in the name of the stage. */
  suffix: string;
};

/** Renders the chart, or one part of it, into one embedded artifact. */
export function bakeStage(options: {
  spec: DeployPipelineSpec;
  part?: BakedPart;
}): StageBody {
  const { spec, part } = options;
  const output = `${spec.releaseName ?? spec.application}${part?.suffix ?? ''}`;
  const baked = bakedId(part);
  return {
    type: 'bakeManifest',
    name: `Bake (Manifest)${part ? ` ${part.part}` : ''}`,
    ...(spec.renderer?.kind === 'kustomize'
      ? kustomize(spec.chart.account, spec.renderer)
      : helm(spec, part)),
    outputName: output,
    namespace: spec.environment.namespace,
    expectedArtifacts: [
      {
        id: baked,
        displayName: baked,
        useDefaultArtifact: false,
        usePriorArtifact: false,
        defaultArtifact: { id: `${baked}-default`, customKind: true },
        matchArtifact: {
          id: `${baked}-match`,
          type: 'embedded/base64',
          name: output,
        },
      },
    ],
    ...STOP_ON_FAILURE,
    stageTimeoutMs: BAKE_TIMEOUT_MS,
  };
}

/** The id under which a later stage finds what was baked. */
export function bakedId(part?: BakedPart): string {
  return part ? `baked-${part.part}` : 'baked';
}

function helm(spec: DeployPipelineSpec, part?: BakedPart) {
  return {
    templateRenderer: 'HELM3',
    evaluateOverrideExpressions: false,
    rawOverrides: false,
    overrides: {},
    inputArtifacts: [
      spec.chart.handOver === 'embedded'
        ? embedded('chart', '${parameters.chartBase64}')
        : {
            account: spec.chart.account,
            artifact: {
              id: 'chart',
              type: 'helm/chart',
              name: spec.chart.name,
              artifactAccount: spec.chart.account,
              version: '${parameters.chartVersion}',
            },
          },
      embedded('values', '${parameters.valuesBase64}'),
      // After the environment's own, so that it wins; a constant, so that it is no override.
      ...(part
        ? [
            embedded(
              'part',
              Buffer.from(`part: ${part.part}\n`).toString('base64'),
            ),
          ]
        : []),
    ],
  };
}

function embedded(id: string, reference: string) {
  return {
    account: EMBEDDED,
    artifact: {
      id,
      type: 'embedded/base64',
      name: id,
      artifactAccount: EMBEDDED,
      reference,
    },
  };
}

/**
 * @remarks
 * Rosco takes one artifact here, and of a Git repository only it reads more than single
 * files. Clouddriver clones it at the version, which may be a tag: so every Release has one.
 */
function kustomize(
  account: string,
  renderer: { repository: string; overlay: string },
) {
  return {
    templateRenderer: 'KUSTOMIZE',
    kustomizeFilePath: renderer.overlay,
    inputArtifact: {
      account,
      artifact: {
        id: 'chart',
        type: 'git/repo',
        artifactAccount: account,
        reference: renderer.repository,
        version: '${parameters.chartVersion}',
      },
    },
  };
}
