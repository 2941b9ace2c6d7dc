// SPDX-License-Identifier: Apache-2.0
import { MAX_DEPTH, MAX_VALUES, parseModestJson } from './parseModestJson';

const parse = (text: string) => parseModestJson(Buffer.from(text));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
/** More than is parsed without a look. */
const padded = (text: string) => `{"pad":"${'x'.repeat(70_000)}","it":${text}}`;

describe('parseModestJson', () => {
  it('parses megabytes of text, whatever it spells', () => {
    const text = '[{,"\\'.repeat(400_000);
    expect(parse(JSON.stringify({ text }))).toEqual({ text });
  });

  it.each([
    ['nested as deep as can be', nested(MAX_DEPTH - 1)],
    ['with as many values as can be', `[${'1,'.repeat(MAX_VALUES - 10)}1]`],
  ])('parses what is %s', (_, text) => {
    expect(() => parse(padded(text))).not.toThrow();
  });

  it.each([
    ['too deep', nested(MAX_DEPTH)],
    ['too many values', `[${'1,'.repeat(MAX_VALUES)}1]`],
    ['too many objects', `[${'{},'.repeat(MAX_VALUES)}1]`],
  ])('refuses what is %s', (_, text) => {
    expect(() => parse(padded(text))).toThrow(RangeError);
  });

  it('leaves it to the parser to say what is no JSON', () => {
    expect(() => parse(padded('oh'))).toThrow(SyntaxError);
  });
});
