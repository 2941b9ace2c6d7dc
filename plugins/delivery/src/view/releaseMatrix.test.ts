// SPDX-License-Identifier: Apache-2.0
import * as deliveries from '../__testUtils__/deliveries';
import { CLOCK } from '../__testUtils__/instants';
import { release, releases } from '../__testUtils__/releases';
import { releaseMatrix } from './releaseMatrix';

function cells(service: typeof deliveries.normal, number: number) {
  return releaseMatrix(service, releases, CLOCK)
    .find(row => row.number === number)
    ?.cells.map(({ label }) => label);
}

describe('releaseMatrix', () => {
  it.each([
    [44, ['Runs here', 'Not deployed', 'Not deployed', 'Not deployed']],
    [42, ['Verified Wed', 'Runs here', 'Not deployed', 'Not deployed']],
    [41, ['Verified Tue', 'Verified Tue', 'Runs here', 'Verified Mon']],
  ])('tells what became of Release %d', (number, labels) => {
    expect(cells(deliveries.normal, number)).toEqual(labels);
  });

  it('says what was passed over', () => {
    expect(cells(deliveries.simpleLine, 43)).toEqual([
      'Verified 08:10',
      'Skipped',
      'Not deployed',
    ]);
  });

  it('shows failures, movement and unknown outcomes', () => {
    expect(cells(deliveries.failed, 42)?.[2]).toBe('Failed 10:14');
    expect(cells(deliveries.inFlight, 44)?.[1]).toBe('running');
    expect(cells(deliveries.needsAttention, 42)?.[3]).toBe('Unknown');
    expect(cells(deliveries.sourceOutage, 41)?.[2]).toBe('Ran here');
    expect(cells(deliveries.simpleLine, 42)?.[2]).toBe('Drifted');
  });

  it('does not call skipped what it has no record of', () => {
    const silent = { ...release(43), environments: undefined };
    const [row] = releaseMatrix(deliveries.simpleLine, [silent], CLOCK);
    expect(row?.cells[1]?.label).toBe('No record');
  });
});
