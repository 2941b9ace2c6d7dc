// SPDX-License-Identifier: Apache-2.0
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

  it.each([
    ['promotionId', '${1+1}'],
    ['chartVersion', '1.0.0 --set x=y'],
    ['valuesBase64', 'not base64!'],
    ['valuesDigest', 'sha256:short'],
    ['fingerprint', ''],
  ] as const)('refuses a %s of another form', (name, value) => {
    expect(() => startParameters({ ...good, [name]: value })).toThrow(
      `'${name}'`,
    );
  });
});
