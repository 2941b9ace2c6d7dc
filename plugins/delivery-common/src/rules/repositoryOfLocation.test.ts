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
    [
      'https://git.example.com/projects/NORTH/repos/orders/browse/catalog-info.yaml?at=refs%2Fheads%2Frelease%2F1',
      {
        url: 'https://git.example.com/projects/NORTH/repos/orders',
        branch: 'release/1',
      },
    ],
    [
      'https://git.example.com/bitbucket/users/anna/repos/orders/browse/?at=main',
      {
        url: 'https://git.example.com/bitbucket/users/anna/repos/orders',
        branch: 'main',
      },
    ],
    [
      'https://git.example.com/projects/NORTH/repos/orders',
      { url: 'https://git.example.com/projects/NORTH/repos/orders' },
    ],
    [
      'https://bitbucket.org/northwind/orders/src/main/catalog-info.yaml',
      { url: 'https://bitbucket.org/northwind/orders', branch: 'main' },
    ],
    [
      'https://git.example.com/gitea/northwind/orders/src/branch/main/catalog-info.yaml',
      {
        url: 'https://git.example.com/gitea/northwind/orders',
        branch: 'main',
      },
    ],
    [
      'https://github.com/northwind/orders/blob/main/src/branch/x/catalog-info.yaml',
      { url: 'https://github.com/northwind/orders', branch: 'main' },
    ],
    [
      'https://dev.azure.com/northwind/payments/_git/orders?path=/catalog-info.yaml&version=GBrelease%2F1',
      {
        url: 'https://dev.azure.com/northwind/payments/_git/orders',
        branch: 'release/1',
      },
    ],
    [
      'https://dev.azure.com/northwind/_git/orders?path=%2Fcatalog-info.yaml',
      { url: 'https://dev.azure.com/northwind/_git/orders' },
    ],
    ['https://github.com/northwind', undefined],
    ['file:///etc/passwd/x', undefined],
    ['nowhere', undefined],
  ])('reads %s', (target, repository) => {
    expect(repositoryOfLocation(target)).toEqual(repository);
  });
});
