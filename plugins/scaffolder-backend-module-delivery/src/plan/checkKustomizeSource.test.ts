// SPDX-License-Identifier: Apache-2.0
import { checkKustomizeSource } from './checkKustomizeSource';

const ORDERS = {
  service: 'orders',
  chartGitUrl: 'https://git.test/Northwind/orders-chart.git',
};
const KUSTOMIZE = {
  account: 'git-charts',
  repository: 'https://git.test/northwind/{service}-chart.git',
};

describe('checkKustomizeSource', () => {
  it('takes the repository that Spinnaker will read', () => {
    expect(() =>
      checkKustomizeSource({ ...ORDERS, kustomize: KUSTOMIZE }),
    ).not.toThrow();
  });

  it('refuses where the portal is not configured for it', () => {
    expect(() =>
      checkKustomizeSource({ ...ORDERS, kustomize: undefined }),
    ).toThrow(/delivery.spinnaker.kustomize is not configured; choose 'helm'/);
  });

  it.each([
    'https://other.test/northwind/orders-chart.git',
    'https://git.test/southwind/orders-chart.git',
    'https://git.test/scm/northwind/orders-chart.git',
  ])('refuses a repository elsewhere: %s', chartGitUrl => {
    expect(() =>
      checkKustomizeSource({ ...ORDERS, chartGitUrl, kustomize: KUSTOMIZE }),
    ).toThrow(/makes Spinnaker read git.test\/northwind\/orders-chart.git/);
  });
});
