// SPDX-License-Identifier: Apache-2.0
import { artifactPath, jobPath } from './jobPath';

describe('jobPath', () => {
  it.each([
    ['orders', '/job/orders'],
    ['orders/chart', '/job/orders/job/chart'],
    ['team a/ü?#', '/job/team%20a/job/%C3%BC%3F%23'],
    ['app/feature%2Fa', '/job/app/job/feature%252Fa'],
    ['%2e%2e', '/job/%252e%252e'],
  ])('encodes each segment of %s on its own', (name, path) => {
    expect(jobPath(name)).toBe(path);
  });

  it.each([
    '',
    'a//b',
    '/a',
    'a/',
    '.',
    '..',
    'a/../b',
    ' ',
    'a/\n',
    'a\u0000',
  ])('refuses %j', name => {
    expect(() => jobPath(name)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
    expect(() => artifactPath(name)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
