// SPDX-License-Identifier: Apache-2.0
import { cloneAddressOf } from './cloneAddressOf';

describe('cloneAddressOf', () => {
  it.each([
    [
      'https://dev.azure.com/northwind/payments/_git/orders',
      'https://dev.azure.com/northwind/payments/_git/orders',
    ],
    [
      'https://github.com/northwind/orders',
      'https://github.com/northwind/orders.git',
    ],
    [
      'https://git.example.com/projects/NORTH/repos/orders',
      'https://git.example.com/scm/north/orders.git',
    ],
    [
      'https://git.example.com/bitbucket/users/anna/repos/orders',
      'https://git.example.com/bitbucket/scm/~anna/orders.git',
    ],
  ])('of %s', (repository, address) => {
    expect(cloneAddressOf(repository)).toBe(address);
  });
});
