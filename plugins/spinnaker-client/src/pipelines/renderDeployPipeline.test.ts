// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { DeployPipelineSpec } from './DeployPipelineSpec';
import { pipelineContentHash } from './pipelineContentHash';
import { pipelineDifference } from './pipelineDifference';
import { renderDeployPipeline } from './renderDeployPipeline';
import { startParameters } from './startParameters';

const spec: DeployPipelineSpec = {
  application: 'orders',
  entityRef: 'component:default/orders',
  environment: {
    name: 'staging',
    account: 'k8s-staging',
    namespace: 'orders-staging',
    gated: true,
  },
  chart: { name: 'orders', account: 'charts' },
};
/** The keys of the stages that a real Rosco and a real Clouddriver carried out. */
const RECORDED = {
  bakeManifest: [
    ...['type', 'refId', 'requisiteStageRefIds', 'name', 'templateRenderer'],
    ...['outputName', 'namespace', 'evaluateOverrideExpressions'],
    ...['rawOverrides', 'inputArtifacts', 'overrides', 'expectedArtifacts'],
    ...['failOnFailedExpressions', 'stageTimeoutMs'],
  ],
  deployManifest: [
    ...['type', 'refId', 'requisiteStageRefIds', 'name', 'account'],
    ...['cloudProvider', 'moniker', 'source', 'skipExpressionEvaluation'],
    ...['trafficManagement', 'manifestArtifactId', 'manifestArtifactAccount'],
    ...['namespaceOverride', 'enableArtifactBinding'],
    ...['failOnFailedExpressions', 'stageTimeoutMs'],
  ],
};
const open = { ...spec.environment, name: 'dev', gated: false };

describe('renderDeployPipeline', () => {
  it('asks for admission first where the environment is gated', () => {
    const pipeline = renderDeployPipeline(spec);
    expect(
      pipeline.stages.map(({ type, requisiteStageRefIds }) => [
        type,
        requisiteStageRefIds,
      ]),
    ).toEqual([
      ['deliveryClaim', []],
      ['bakeManifest', ['1']],
      ['deployManifest', ['2']],
    ]);
    expect(pipeline.stages[0]).toMatchObject({
      alias: 'preconfiguredWebhook',
      failPipeline: true,
      continuePipeline: false,
    });
    expect(pipeline.triggers).toEqual([]);
  });

  it('takes the chart and its values from parameters, and nothing else', () => {
    const [, bake, deploy] = renderDeployPipeline(spec).stages;
    expect(bake).toMatchObject({
      templateRenderer: 'HELM3',
      outputName: 'orders',
      overrides: {},
      inputArtifacts: [
        { artifact: { name: 'orders', version: '${parameters.chartVersion}' } },
        { artifact: { reference: '${parameters.valuesBase64}' } },
      ],
      failOnFailedExpressions: true,
    });
    expect(deploy).toMatchObject({
      account: 'k8s-staging',
      namespaceOverride: 'orders-staging',
      skipExpressionEvaluation: true,
      enableArtifactBinding: false,
    });
    expect(renderDeployPipeline(spec).spelEvaluator).toBe('v4');
  });

  it('takes a chart that travels with the start from a parameter of its own', () => {
    const pipeline = renderDeployPipeline({
      ...spec,
      chart: { ...spec.chart, handOver: 'embedded' },
    });
    expect(pipeline.stages[1]).toMatchObject({
      inputArtifacts: [
        {
          account: 'embedded-artifact',
          artifact: {
            type: 'embedded/base64',
            reference: '${parameters.chartBase64}',
          },
        },
        { artifact: { reference: '${parameters.valuesBase64}' } },
      ],
    });
    expect(pipeline.parameterConfig).toContainEqual(
      expect.objectContaining({ name: 'chartBase64', required: true }),
    );
    expect(JSON.stringify(renderDeployPipeline(spec))).not.toContain(
      'chartBase64',
    );
  });

  it('lets CI start it where the environment is open, for exact values only', () => {
    const pipeline = renderDeployPipeline({
      ...spec,
      environment: open,
      webhook: { source: 'orders', payload: { application: 'orders.eu' } },
    });
    expect(pipeline.stages.map(({ type }) => type)).toEqual([
      'bakeManifest',
      'deployManifest',
    ]);
    expect(pipeline.triggers).toEqual([
      {
        type: 'webhook',
        enabled: true,
        source: 'orders',
        payloadConstraints: { application: '^orders\\.eu$' },
      },
    ]);
  });

  it('removes what was switched to before when versions are rolled out again, and only then', () => {
    const typesOf = (strategy?: 'rolling' | 'rolling-again') =>
      renderDeployPipeline({ ...spec, strategy }).stages.map(one => one.type);
    expect(typesOf()).not.toContain('deleteManifest');
    expect(typesOf('rolling')).toEqual(typesOf());
    expect(typesOf('rolling-again')).toEqual([...typesOf(), 'deleteManifest']);
    const { stages } = renderDeployPipeline({
      ...spec,
      strategy: 'rolling-again',
    });
    expect(stages.at(-1)).toMatchObject({
      mode: 'label',
      kinds: ['deployment'],
      labelSelectors: {
        selectors: [
          { kind: 'EQUALS', key: 'app.kubernetes.io/name' },
          { kind: 'EXISTS', key: 'delivery/release', values: [] },
        ],
      },
    });
  });

  it('brings a blue-green version up, then leads the traffic to it, then removes the old one', () => {
    const { stages } = renderDeployPipeline({
      ...spec,
      strategy: 'blue-green',
    });
    expect(
      stages.map(({ type, name, requisiteStageRefIds }) => [
        type,
        name,
        requisiteStageRefIds,
      ]),
    ).toEqual([
      ['deliveryClaim', 'Claim admission', []],
      ['bakeManifest', 'Bake (Manifest) workload', ['1']],
      ['bakeManifest', 'Bake (Manifest) traffic', ['2']],
      ['deployManifest', 'Deploy (Manifest) workload', ['3']],
      ['deployManifest', 'Deploy (Manifest) traffic', ['4']],
      ['deleteManifest', 'Delete (Manifest) replaced', ['5']],
    ]);
    const [, ...bakes] = stages.slice(0, 3);
    expect(
      bakes.map(({ inputArtifacts }) =>
        z
          .array(z.object({ artifact: z.object({ reference: z.string() }) }))
          .parse(Array.isArray(inputArtifacts) ? inputArtifacts.slice(1) : [])
          .map(({ artifact }) => artifact.reference),
      ),
    ).toEqual(
      ['workload', 'traffic'].map(part => [
        '${parameters.valuesBase64}',
        Buffer.from(`part: ${part}\n`).toString('base64'),
      ]),
    );
    // the other versions of this chart, and nothing else
    expect(stages.at(-1)).toMatchObject({
      mode: 'label',
      kinds: ['deployment'],
      labelSelectors: {
        selectors: [
          {
            kind: 'EQUALS',
            key: 'app.kubernetes.io/name',
            values: ['orders'],
          },
          {
            kind: 'NOT_EQUALS',
            key: 'delivery/release',
            values: ['${parameters.chartVersion}'],
          },
        ],
      },
    });
  });

  it('lets Kustomize render the overlay of the environment at the tag of the version', () => {
    const kustomized: DeployPipelineSpec = {
      ...spec,
      chart: { name: 'orders', account: 'git' },
      renderer: {
        kind: 'kustomize',
        repository: 'https://git.test/northwind/orders-chart.git',
        overlay: 'overlays/staging',
      },
    };
    const [, bake] = renderDeployPipeline(kustomized).stages;
    expect(bake).toMatchObject({
      templateRenderer: 'KUSTOMIZE',
      kustomizeFilePath: 'overlays/staging',
      inputArtifact: {
        account: 'git',
        artifact: {
          type: 'git/repo',
          reference: 'https://git.test/northwind/orders-chart.git',
          version: '${parameters.chartVersion}',
        },
      },
    });
    expect(bake).not.toHaveProperty('inputArtifacts');
    expect(() =>
      renderDeployPipeline({ ...kustomized, strategy: 'blue-green' }),
    ).toThrow(/'staging' cannot switch blue-green/);
  });

  it('tries out what was deployed with a Job by digest, in the namespace, with a login by name', () => {
    const image = `tools/curl@sha256:${'c'.repeat(64)}`;
    const testJob = {
      image,
      command: ['curl', '--fail', 'http://orders'],
      imagePullSecrets: ['registry'],
    };
    const { stages } = renderDeployPipeline({ ...spec, testJob });
    expect(stages.at(-1)).toMatchObject({
      type: 'runJobManifest',
      alias: 'runJob',
      requisiteStageRefIds: ['3'],
      credentials: 'k8s-staging',
      failPipeline: true,
      continuePipeline: false,
      manifest: {
        kind: 'Job',
        metadata: { name: 'orders-test', namespace: 'orders-staging' },
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: 300,
          template: {
            spec: {
              restartPolicy: 'Never',
              imagePullSecrets: [{ name: 'registry' }],
              containers: [{ image, command: testJob.command }],
            },
          },
        },
      },
    });
    expect(() =>
      renderDeployPipeline({
        ...spec,
        testJob: { ...testJob, image: 'tools/curl:8' },
      }),
    ).toThrow(/must be named by digest/);
  });

  it('ends an execution at whatever fails first, whatever the strategy', () => {
    for (const strategy of ['rolling-again', 'blue-green'] as const) {
      for (const stage of renderDeployPipeline({ ...spec, strategy }).stages) {
        expect(stage).toMatchObject({
          failPipeline: true,
          continuePipeline: false,
        });
      }
    }
  });

  it('bakes and deploys with every key of the recording that worked', () => {
    const [, bake, deploy] = renderDeployPipeline(spec).stages;
    // what was seen to work with a real Rosco and a real Clouddriver
    expect(Object.keys(bake)).toEqual(
      expect.arrayContaining(RECORDED.bakeManifest),
    );
    expect(Object.keys(deploy)).toEqual(
      expect.arrayContaining(RECORDED.deployManifest),
    );
  });

  it('has no webhook into a gated environment', () => {
    expect(() =>
      renderDeployPipeline({ ...spec, webhook: { source: 'orders' } }),
    ).toThrow(/'staging' cannot have a webhook/);
  });
});

describe('pipelineContentHash and pipelineDifference', () => {
  const rendered = renderDeployPipeline(spec);
  const saved = {
    ...rendered,
    id: 'b1c',
    index: 3,
    updateTs: '1795243429633',
    lastModifiedBy: 'svc',
  };

  it('know a document again that Spinnaker has saved', () => {
    expect(pipelineContentHash(saved)).toBe(pipelineContentHash(rendered));
    expect(pipelineDifference(saved, rendered)).toBeUndefined();
  });

  it.each([
    [{ ...saved, limitConcurrent: false }, /'limitConcurrent'/],
    [{ ...saved, expectedArtifacts: [] }, /'expectedArtifacts'/],
    [
      { ...saved, stages: saved.stages.slice(1) },
      /'Claim admission' was taken out/,
    ],
    [
      {
        ...saved,
        stages: [...saved.stages, { refId: '9', type: 'wait', name: 'Wait' }],
      },
      /'Wait' was added/,
    ],
    [
      {
        ...saved,
        stages: saved.stages.map(one => ({ ...one, manualSkip: true })),
      },
      /'manualSkip' of the Spinnaker stage 'Claim admission'/,
    ],
  ])('notice a change (%#)', (changed, message) => {
    expect(pipelineContentHash(changed)).not.toBe(
      pipelineContentHash(rendered),
    );
    expect(pipelineDifference(changed, rendered)).toMatch(message);
  });
});

describe('startParameters', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const good = {
    promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    chartVersion: '3.8.44',
    valuesBase64: Buffer.from('a: 1\n').toString('base64'),
    valuesDigest: digest,
    fingerprint: digest,
  };

  it('lets through what cannot hold an expression', () => {
    expect(startParameters(good)).toEqual(good);
  });

  it('takes a chart of at most 512 KiB along', () => {
    const chart = Buffer.alloc(512 * 1024 + 1, 1);
    chart.set([0x1f, 0x8b, 0x08]);
    const most = chart.subarray(0, -1).toString('base64');
    expect(startParameters({ ...good, chartBase64: most })).toEqual({
      ...good,
      chartBase64: most,
    });
    const tooMuch = Buffer.concat([chart, chart]).toString('base64');
    expect(() => startParameters({ ...good, chartBase64: tooMuch })).toThrow(
      'larger than 512 KiB',
    );
  });

  it.each([
    ['promotionId', '${1+1}'],
    ['chartVersion', '1.0.0 --set x=y'],
    ['valuesBase64', 'not base64!'],
    ['valuesDigest', 'sha256:short'],
    ['fingerprint', ''],
    ['chartBase64', ''],
    ['chartBase64', 'H4sI${1+1}'],
    ['chartBase64', 'aGVsbG8='],
  ] as const)('refuses a %s of another form', (name, value) => {
    expect(() => startParameters({ ...good, [name]: value })).toThrow(
      `'${name}'`,
    );
  });
});
