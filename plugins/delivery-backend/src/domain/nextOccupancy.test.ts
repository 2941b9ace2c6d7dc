// SPDX-License-Identifier: Apache-2.0
import { observationOf } from '../__testUtils__/gateContext';
import { nextOccupancy } from './nextOccupancy';

const before = { releaseId: 'r1', since: '2026-11-16T08:00:00.000Z' };

describe('nextOccupancy', () => {
  it.each([
    [
      'goes on while the same Release is healthy',
      'r1',
      'healthy',
      before,
      before,
    ],
    ['ends when it is unhealthy', 'r1', 'unhealthy', before, undefined],
    ['stays while pods come and go', 'r1', 'progressing', before, before],
    [
      'does not begin while pods come and go',
      'r1',
      'progressing',
      undefined,
      undefined,
    ],
    ['ends when something else runs', 'r2', 'healthy', before, undefined],
    ['ends when nothing known runs', undefined, 'healthy', before, undefined],
    ['stays while nothing is known', undefined, 'unknown', before, before],
    [
      'begins anew after a spell',
      'r1',
      'healthy',
      undefined,
      { releaseId: 'r1', since: '2026-11-16T09:00:00.000Z' },
    ],
  ] as const)('%s', (_, running, health, given, expected) => {
    expect(
      nextOccupancy({
        verifiedReleaseId: 'r1',
        runningReleaseId: running,
        before: given,
        observation: observationOf(health),
      }),
    ).toEqual(expected);
  });
});
