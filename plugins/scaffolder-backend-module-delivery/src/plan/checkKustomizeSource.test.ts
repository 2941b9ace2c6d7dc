// SPDX-License-Identifier: Apache-2.0
import { checkKustomizeSource } from './checkKustomizeSource';

const ORDERS = {
  service: 'orders',
  organisation: 'Northwind',
  host: 'git.test',
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

  it.each([{ host: 'other.test' }, { organisation: 'southwind' }])(
    'refuses a repository elsewhere: %j',
    other => {
      expect(() =>
        checkKustomizeSource({ ...ORDERS, ...other, kustomize: KUSTOMIZE }),
      ).toThrow(/makes Spinnaker read git.test\/northwind\/orders-chart.git/);
    },
  );
});
