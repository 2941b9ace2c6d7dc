// SPDX-License-Identifier: Apache-2.0
import { bakeSourceFor, kustomizeSettingsSchema } from './kustomizeSettings';

const KUSTOMIZE = {
  account: 'git-charts',
  repository: 'https://git.test/northwind/{service}-chart.git',
};
const ORDERS = { chartName: 'orders', environment: 'prod' };

describe('the source of a bake', () => {
  it('is the chart repository for Helm', () => {
    expect(
      bakeSourceFor(
        { chartAccount: 'charts', kustomize: KUSTOMIZE },
        { ...ORDERS, renderer: 'helm' },
      ),
    ).toEqual({ chart: { name: 'orders', account: 'charts' } });
  });

  it('is what comes with the start for a chart that is embedded', () => {
    expect(
      bakeSourceFor(
        { chartAccount: 'charts' },
        { ...ORDERS, renderer: 'helm', handOver: 'embedded' },
      ),
    ).toEqual({
      chart: {
        name: 'orders',
        account: 'embedded-artifact',
        handOver: 'embedded',
      },
    });
  });

  it('is the overlay of the environment for Kustomize', () => {
    expect(
      bakeSourceFor(
        { chartAccount: 'charts', kustomize: KUSTOMIZE },
        { ...ORDERS, renderer: 'kustomize' },
      ),
    ).toEqual({
      chart: { name: 'orders', account: 'git-charts' },
      renderer: {
        kind: 'kustomize',
        repository: 'https://git.test/northwind/orders-chart.git',
        overlay: 'overlays/prod',
      },
    });
  });

  it('must be configured before a service can be rendered with Kustomize', () => {
    expect(() =>
      bakeSourceFor(
        { chartAccount: 'charts' },
        { ...ORDERS, renderer: 'kustomize' },
      ),
    ).toThrow(/delivery\.spinnaker\.kustomize/);
  });

  it.each([
    'https://git.test/northwind/charts.git',
    'https://user:secret@git.test/{service}.git',
    'ssh://git.test/{service}.git',
    'https://git.test/{service}/${trigger}.git',
  ])('may not be %s', repository => {
    expect(
      kustomizeSettingsSchema.safeParse({ ...KUSTOMIZE, repository }).success,
    ).toBe(false);
  });
});
