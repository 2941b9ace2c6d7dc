// SPDX-License-Identifier: Apache-2.0
import { aRelease, anObservation } from '../__testUtils__/serviceFacts';
import { matchRelease } from './matchRelease';

const one = aRelease(1, 'a');
const two = aRelease(2, 'b');
/** The image of Release 2 with other values. */
const three = { ...aRelease(3, 'b') };
const releases = [three, two, one];

function match(
  given: Parameters<typeof anObservation>[1],
  expected?: string,
): number | undefined {
  return matchRelease({
    observation: anObservation('dev', given),
    releases,
    expected,
  })?.number;
}

describe('matchRelease', () => {
  it('knows a Release by its digests', () => {
    expect(match({ digit: 'a' })).toBe(1);
    expect(match({ digit: 'f' })).toBeUndefined();
    expect(matchRelease({ observation: undefined, releases })).toBeUndefined();
    expect(match({ digit: 'a', workloads: [] })).toBeUndefined();
  });

  it('tells Releases with the same image apart by their chart', () => {
    expect(match({ digit: 'b', chart: 'orders-3.8.2' })).toBe(2);
    expect(match({ digit: 'b', chart: 'orders-3.8.3' })).toBe(3);
    expect(match({ digit: 'b', chart: 'orders-3.8.9' })).toBeUndefined();
  });

  it('learns nothing from the label of a chart that the Release’s depends on', () => {
    expect(match({ digit: 'b', chart: 'micro-integrator-4.0.0-1' })).toBe(3);
    expect(match({ digit: 'b', chart: 'orders-api-3.8.2' })).toBe(3);
  });

  it('takes the expected one where nothing tells them apart, else the newest', () => {
    expect(match({ digit: 'b' }, two.id)).toBe(2);
    expect(match({ digit: 'b' })).toBe(3);
  });

  it('knows nothing halfway through a rollout', () => {
    const { workloads } = anObservation('dev', { digit: 'a' });
    const [workload] = workloads;
    const other = anObservation('dev', { digit: 'b' }).workloads[0];
    expect(
      match({
        digit: 'a',
        workloads: [
          { ...workload, images: [...workload.images, ...other.images] },
        ],
      }),
    ).toBeUndefined();
  });

  it('does not mind what else runs beside it', () => {
    const { workloads } = anObservation('dev', {
      digit: 'a',
      chart: 'orders-3.8.1',
    });
    expect(
      match({
        digit: 'a',
        workloads: [
          ...workloads,
          {
            kind: 'StatefulSet',
            name: 'redis',
            ready: 1,
            desired: 1,
            images: [{ name: 'redis', tag: '7' }],
            chart: 'redis-18.0.0',
            health: 'healthy',
          },
        ],
      }),
    ).toBe(1);
  });

  it('goes by what serves where a rollout left only its label', () => {
    expect(match({ digit: 'a', chart: 'orders-3.8.2' })).toBe(1);
    expect(match({ digit: 'a', chart: 'orders-3.8.3' }, one.id)).toBe(1);
    // Nobody knows a 3.8.9: whoever applied it changed more than a label.
    expect(match({ digit: 'a', chart: 'orders-3.8.9' })).toBeUndefined();
  });

  it('tells what serves by the Release that is expected when the label is of none of them', () => {
    const four = aRelease(4, 'd');
    const observation = anObservation('dev', {
      digit: 'b',
      chart: 'orders-3.8.4',
    });
    const among = (expected?: string) =>
      matchRelease({
        observation,
        releases: [four, ...releases],
        expected,
      })?.number;
    expect(among(two.id)).toBe(2);
    expect(among()).toBe(3);
  });

  it('needs every image of a Release', () => {
    const sidecar = {
      name: 'registry.example/proxy',
      tag: '1',
      digest: `sha256:${'c'.repeat(64)}`,
    };
    const both = { ...one, images: [...one.images, sidecar] };
    expect(
      matchRelease({
        observation: anObservation('dev', { digit: 'a' }),
        releases: [both],
      }),
    ).toBeUndefined();
  });
});
