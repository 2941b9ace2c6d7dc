// SPDX-License-Identifier: Apache-2.0
import { parseSelector } from './parseSelector';

const LABELS = { app: 'shop', tier: 'front', 'example.test/team': 'a' };

describe('parseSelector', () => {
  it.each([
    ['app=shop', true],
    ['app==shop,tier=front', true],
    ['app=shop,tier=back', false],
    ['app!=shop', false],
    ['missing!=x', true],
    ['tier in (front, back)', true],
    ['tier in (back),app=shop', false],
    ['tier notin (back)', true],
    ['missing notin (x)', true],
    ['missing in (x)', false],
    ['example.test/team', true],
    ['!example.test/team', false],
    ['!missing', true],
    ['toString', false],
    ['app=', false],
  ])('%s selects: %s', (text, selected) => {
    expect(parseSelector(text)(LABELS)).toBe(selected);
  });

  it.each(['', ' , ', 'app=shop;drop', 'app in shop', '=x', 'a b'])(
    'refuses "%s"',
    text => {
      expect(() => parseSelector(text)).toThrow(/selector/);
    },
  );
});
