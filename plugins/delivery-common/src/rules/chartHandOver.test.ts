// SPDX-License-Identifier: Apache-2.0
import { chartHandOver } from './chartHandOver';

describe('chartHandOver', () => {
  it('embeds a chart only where the service says so', () => {
    const embedded = { 'delivery/chart-hand-over': 'embedded' };
    expect(chartHandOver(embedded)).toBe('embedded');
    expect(chartHandOver({ 'delivery/chart-hand-over': 'registry' })).toBe(
      'registry',
    );
    expect(chartHandOver({})).toBe('registry');
  });

  it('embeds nothing that is read from Git', () => {
    expect(
      chartHandOver({
        'delivery/chart-hand-over': 'embedded',
        'delivery/renderer': 'kustomize',
      }),
    ).toBe('registry');
  });
});
