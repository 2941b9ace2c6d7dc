// SPDX-License-Identifier: Apache-2.0
import { rolloutStrategy } from './rolloutStrategy';

describe('rolloutStrategy', () => {
  const annotations = {
    'delivery/strategy':
      'prod=blue-green, staging=blue-green,qa=other, eu=rolling-again',
  };

  it.each([
    ['prod', 'blue-green'],
    ['staging', 'blue-green'],
    ['qa', 'rolling'],
    ['eu', 'rolling-again'],
    ['dev', 'rolling'],
    ['pro', 'rolling'],
  ])('says of %s that it is %s', (environment, strategy) => {
    expect(rolloutStrategy(annotations, environment)).toBe(strategy);
  });

  it('is rolling where nothing is said', () => {
    expect(rolloutStrategy({}, 'prod')).toBe('rolling');
  });
});
