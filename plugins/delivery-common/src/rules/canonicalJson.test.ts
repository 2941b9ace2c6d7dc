// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { canonicalJson, type Canonical } from './canonicalJson';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shuffled);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, field]) => [key, shuffled(field)]),
    );
  }
  return value;
}

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const { tree } = fc.letrec<{ tree: Canonical }>(tie => ({
  tree: fc.oneof(
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
  ),
}));

describe('canonicalJson', () => {
  it('gives one text whatever the order of the keys, and holds the same data', () => {
    fc.assert(
      fc.property(tree, value => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(JSON.stringify(shuffled(value))))).toBe(
          text,
        );
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves absent fields out', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  it('refuses what JSON cannot carry', () => {
    expect(() => canonicalJson({ a: NaN })).toThrow(TypeError);
  });
});
