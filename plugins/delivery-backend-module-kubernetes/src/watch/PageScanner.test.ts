// SPDX-License-Identifier: Apache-2.0
import { seeded } from '../__testUtils__/hostileText';
import { PageScanner } from './PageScanner';

/** Scans a text in pieces of a size, and parses what comes out. */
function scan(text: string, size: number) {
  const scanner = new PageScanner();
  const bytes = Buffer.from(text);
  const items: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const item of scanner.push(bytes.subarray(at, at + size))) {
      items.push(JSON.parse(item.toString('utf8')));
    }
  }
  return { items, rest: JSON.parse(scanner.rest().toString('utf8')) };
}

const LISTS = [
  { metadata: { resourceVersion: '7' }, items: [] },
  { items: [{ a: 1 }], metadata: { continue: 'x', items: [1, 2] } },
  {
    kind: 'items',
    metadata: { 'items"': '"items":[' },
    items: [
      { name: 'a, b] } "c" \\', labels: { 'items"': '[{' }, list: [[1], {}] },
      { name: 'ünïcödé — 漢字' },
      7,
      'text, with ] and }',
      [1, [2, 3]],
      null,
      true,
    ],
    more: [1, { items: [2] }],
  },
];

describe('PageScanner', () => {
  it.each([1, 2, 3, 7, 64, 100_000])(
    'finds what a parser would find, in pieces of %i bytes',
    size => {
      for (const list of LISTS) {
        for (const text of [
          JSON.stringify(list),
          JSON.stringify(list, undefined, 2),
        ]) {
          const { items, rest } = scan(text, size);
          expect(items).toEqual(list.items);
          expect(rest).toEqual({ ...list, items: [] });
        }
      }
    },
  );

  it('finds the same of lists at random', () => {
    const random = seeded(5);
    const value = (depth: number): unknown => {
      switch (random(depth > 3 ? 3 : 6)) {
        case 0:
          return random(1_000);
        case 1:
          return ['"', '\\', '{[', ']}', ',', 'items', '\n', 'é'][random(8)];
        case 2:
          return null;
        case 3:
          return Array.from({ length: random(4) }, () => value(depth + 1));
        default:
          return Object.fromEntries(
            Array.from({ length: random(4) }, () => [
              ['items', 'a"', 'b\\', '{'][random(4)],
              value(depth + 1),
            ]),
          );
      }
    };
    for (let round = 0; round < 500; round += 1) {
      const list = {
        before: value(0),
        items: Array.from({ length: random(6) }, () => value(0)),
        after: value(0),
      };
      const { items, rest } = scan(JSON.stringify(list), 1 + random(40));
      expect(items).toEqual(list.items);
      expect(rest).toEqual({ ...list, items: [] });
    }
  });

  it.each([
    [
      'an item without an end',
      '{"items":[{"a":"',
      'an object of more than 3 MB',
    ],
    ['a list of something else', '{"a":"', 'no list'],
  ])('gives up %s', (_, start, complaint) => {
    const scanner = new PageScanner();
    const flood = Buffer.alloc(1024 * 1024, 'x');
    scanner.push(Buffer.from(start));
    expect(() => {
      for (let megabytes = 0; megabytes < 5; megabytes += 1) {
        scanner.push(flood);
      }
    }).toThrow(complaint);
  });
});
