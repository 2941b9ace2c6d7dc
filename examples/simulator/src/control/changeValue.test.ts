// SPDX-License-Identifier: Apache-2.0
import { changeValue } from './changeValue';

describe('changeValue', () => {
  it('changes one value and keeps the comments', () => {
    const text = '# how many\nreplicaCount: 1\nresources:\n  limits: {}\n';
    expect(changeValue(text, 'replicaCount', 2)).toBe(
      '# how many\nreplicaCount: 2\nresources:\n  limits: {}\n',
    );
  });

  it('makes the maps on the way', () => {
    expect(changeValue('', 'config.greeting', 'hello')).toBe(
      'config:\n  greeting: hello\n',
    );
  });

  it('refuses a path through a plain value', () => {
    expect(() => changeValue('image: nginx\n', 'image.tag', '1')).toThrow(
      "'image' is no map",
    );
  });
});
