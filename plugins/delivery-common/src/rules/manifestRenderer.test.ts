// SPDX-License-Identifier: Apache-2.0
import { manifestRenderer } from './manifestRenderer';

describe('manifestRenderer', () => {
  it('is Kustomize only where the service says so', () => {
    expect(manifestRenderer({ 'delivery/renderer': 'kustomize' })).toBe(
      'kustomize',
    );
    expect(manifestRenderer({ 'delivery/renderer': 'helm' })).toBe('helm');
    expect(manifestRenderer({})).toBe('helm');
  });
});
