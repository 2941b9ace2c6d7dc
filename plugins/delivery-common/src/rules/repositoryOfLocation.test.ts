// SPDX-License-Identifier: Apache-2.0
import { repositoryOfLocation } from './repositoryOfLocation';

describe('repositoryOfLocation', () => {
  it.each([
    [
      'https://github.com/northwind/orders/blob/main/catalog-info.yaml',
      { url: 'https://github.com/northwind/orders', branch: 'main' },
    ],
    [
      'http://localhost:7081/northwind/orders.git',
      { url: 'http://localhost:7081/northwind/orders' },
    ],
    [
      'https://gitlab.com/northwind/payments/orders/-/blob/main/catalog-info.yaml',
      { url: 'https://gitlab.com/northwind/payments/orders', branch: 'main' },
    ],
    [
      'https://git.example.com/gitlab/northwind/orders/-/tree/trunk/',
      {
        url: 'https://git.example.com/gitlab/northwind/orders',
        branch: 'trunk',
      },
    ],
    ['https://github.com/northwind', undefined],
    ['file:///etc/passwd/x', undefined],
    ['nowhere', undefined],
  ])('reads %s', (target, repository) => {
    expect(repositoryOfLocation(target)).toEqual(repository);
  });
});
