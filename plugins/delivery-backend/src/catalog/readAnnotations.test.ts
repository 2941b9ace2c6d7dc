// SPDX-License-Identifier: Apache-2.0
import { readAnnotations } from './readAnnotations';

describe('readAnnotations', () => {
  it.each([
    'prod=blue-green',
    'prod=blue-green, staging=blue-green',
    'qa=rolling,prod=blue-green',
    'prod=rolling-again',
  ])('knows the strategies %s', value => {
    expect(readAnnotations({ 'delivery/strategy': value })).toEqual({
      annotations: { 'delivery/strategy': value },
      malformed: [],
    });
  });

  it.each([
    'blue-green',
    'prod=canary',
    'prod=blue-green;',
    'Prod=rolling',
    '',
  ])('does not take %p for strategies', value => {
    expect(readAnnotations({ 'delivery/strategy': value })).toEqual({
      annotations: {},
      malformed: [
        {
          key: 'delivery/strategy',
          reason: expect.stringContaining('prod=blue-green'),
        },
      ],
    });
  });

  it.each(['helm', 'kustomize'])('knows the renderer %s', value => {
    expect(readAnnotations({ 'delivery/renderer': value })).toEqual({
      annotations: { 'delivery/renderer': value },
      malformed: [],
    });
  });

  it('does not take anything else for a renderer', () => {
    expect(readAnnotations({ 'delivery/renderer': 'jsonnet' })).toEqual({
      annotations: {},
      malformed: [
        { key: 'delivery/renderer', reason: 'must be helm or kustomize' },
      ],
    });
  });

  it('knows how a chart is handed over, and nothing else', () => {
    const key = 'delivery/chart-hand-over';
    expect(readAnnotations({ [key]: 'embedded' }).annotations).toEqual({
      [key]: 'embedded',
    });
    expect(readAnnotations({ [key]: 'mail' }).malformed).toEqual([
      { key, reason: 'must be registry or embedded' },
    ]);
  });

  it('leaves out what delivery does not read', () => {
    expect(readAnnotations({ 'example.com/other': 'x' })).toEqual({
      annotations: {},
      malformed: [],
    });
  });
});
