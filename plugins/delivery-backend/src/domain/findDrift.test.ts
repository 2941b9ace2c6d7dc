// SPDX-License-Identifier: Apache-2.0
import { aRelease, anObservation } from '../__testUtils__/serviceFacts';
import { findDrift } from './findDrift';

const release = aRelease(1, 'a');

function drift(given: Parameters<typeof anObservation>[1]) {
  return findDrift({ observation: anObservation('dev', given), release });
}

describe('findDrift', () => {
  it('finds none where the Release runs', () => {
    expect(drift({ digit: 'a' })).toBeUndefined();
    expect(drift({ digit: 'a', chart: 'orders-3.8.1' })).toBeUndefined();
  });

  it('names the image that runs instead', () => {
    expect(drift({ digit: 'f' })).toEqual({
      field: 'image',
      expected: 'registry.example/orders:1.0.1@sha256:aaaaaaaaaaaa',
      observed: 'registry.example/orders@sha256:ffffffffffff',
      since: '2026-11-16T11:59:00.000Z',
    });
  });

  it('names the image that is gone', () => {
    expect(
      drift({
        digit: 'a',
        workloads: [
          {
            ...anObservation('dev', { digit: 'a' }).workloads[0],
            images: [{ name: 'nginx', tag: '1' }],
          },
        ],
      }),
    ).toMatchObject({
      field: 'image',
      observed: 'no image registry.example/orders',
    });
  });

  it('names another chart of the same image', () => {
    expect(
      drift({ digit: 'a', chart: 'micro-integrator-4.0.0-1' }),
    ).toBeUndefined();
    expect(drift({ digit: 'a', chart: 'orders-3.8.7' })).toMatchObject({
      field: 'chart',
      expected: 'orders-3.8.1',
      observed: 'orders-3.8.7',
    });
  });

  it('takes the label that a failed rollout left for no drift', () => {
    const observation = anObservation('dev', {
      digit: 'a',
      chart: 'orders-3.8.2',
    });
    expect(findDrift({ observation, release })).toMatchObject({
      field: 'chart',
    });
    expect(
      findDrift({ observation, release, tried: aRelease(2, 'b') }),
    ).toBeUndefined();
    expect(
      findDrift({ observation, release, tried: aRelease(3, 'b') }),
    ).toMatchObject({ field: 'chart', observed: 'orders-3.8.2' });
  });

  it('tells an empty environment from one that may not be looked at', () => {
    expect(drift({ digit: 'a', workloads: [] })).toMatchObject({
      field: 'workloads',
      expected: 'Release 1',
      observed: 'nothing',
    });
    expect(
      drift({ digit: 'a', workloads: [], refused: 'Not yours.' }),
    ).toBeUndefined();
  });
});
