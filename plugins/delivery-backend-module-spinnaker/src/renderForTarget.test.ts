// SPDX-License-Identifier: Apache-2.0
import type { EngineTarget } from 'backstage-plugin-delivery-node';
import type { TestJobSettings } from 'backstage-plugin-spinnaker-client';
import { renderForTarget } from './renderForTarget';

function targetIn(environment: string, strategy?: string): EngineTarget {
  return {
    service: 'component:default/orders',
    serviceName: 'orders',
    annotations: strategy ? { 'delivery/strategy': strategy } : {},
    environment: {
      name: environment,
      account: `local-${environment}`,
      namespace: `orders-${environment}`,
      gated: true,
    },
  };
}

function stagesOf(
  environment: string,
  strategy?: string,
  testJob?: TestJobSettings,
) {
  return renderForTarget(targetIn(environment, strategy), {
    application: 'orders',
    chartAccount: 'charts',
    testJob,
  }).stages.map(({ type }) => type);
}

describe('renderForTarget', () => {
  it('tries out what was deployed where the configuration wants it', () => {
    const image = `tools/curl@sha256:${'c'.repeat(64)}`;
    const testJob = {
      environments: ['staging'],
      image,
      command: ['curl', '--fail', 'http://{service}.{service}-{environment}'],
    };
    expect(stagesOf('prod', undefined, testJob)).not.toContain(
      'runJobManifest',
    );
    const [job] = renderForTarget(targetIn('staging'), {
      application: 'orders',
      chartAccount: 'charts',
      testJob,
    }).stages.slice(-1);
    expect(job).toMatchObject({
      type: 'runJobManifest',
      manifest: {
        spec: {
          template: {
            spec: {
              containers: [
                {
                  image,
                  command: ['curl', '--fail', 'http://orders.orders-staging'],
                },
              ],
            },
          },
        },
      },
    });
  });

  it('takes the chart from the start for the services that say so', () => {
    const target = targetIn('prod');
    const annotations = { 'delivery/chart-hand-over': 'embedded' };
    const options = { application: 'orders', chartAccount: 'charts' };
    const [, bake] = renderForTarget(
      { ...target, annotations },
      options,
    ).stages;
    expect(bake).toMatchObject({
      inputArtifacts: [
        { artifact: { reference: '${parameters.chartBase64}' } },
        { artifact: { reference: '${parameters.valuesBase64}' } },
      ],
    });
  });

  it('lets Kustomize render the services that say so', () => {
    const target = targetIn('prod');
    const annotations = { 'delivery/renderer': 'kustomize' };
    const [, bake] = renderForTarget(
      { ...target, annotations },
      {
        application: 'orders',
        chartAccount: 'charts',
        kustomize: {
          account: 'git-charts',
          repository: 'https://git.test/northwind/{service}-chart.git',
        },
      },
    ).stages;
    expect(bake).toMatchObject({
      templateRenderer: 'KUSTOMIZE',
      kustomizeFilePath: 'overlays/prod',
      inputArtifact: {
        account: 'git-charts',
        artifact: {
          type: 'git/repo',
          reference: 'https://git.test/northwind/orders-chart.git',
        },
      },
    });
  });

  it('switches the environments that the service names, and rolls out in the others', () => {
    const rolled = ['deliveryClaim', 'bakeManifest', 'deployManifest'];
    const switched = [
      ...['deliveryClaim', 'bakeManifest', 'bakeManifest'],
      ...['deployManifest', 'deployManifest', 'deleteManifest'],
    ];
    expect(stagesOf('prod')).toEqual(rolled);
    expect(stagesOf('prod', 'prod=blue-green')).toEqual(switched);
    expect(stagesOf('staging', 'prod=blue-green')).toEqual(rolled);
  });
});
