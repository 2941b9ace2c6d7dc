// SPDX-License-Identifier: Apache-2.0
import { renderForTarget } from './renderForTarget';

function stagesOf(environment: string, strategy?: string) {
  return renderForTarget(
    {
      service: 'component:default/orders',
      serviceName: 'orders',
      annotations: strategy ? { 'delivery/strategy': strategy } : {},
      environment: {
        name: environment,
        account: `local-${environment}`,
        namespace: `orders-${environment}`,
        gated: true,
      },
    },
    { application: 'orders', chartAccount: 'charts' },
  ).stages.map(({ type }) => type);
}

describe('renderForTarget', () => {
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
