// SPDX-License-Identifier: Apache-2.0
import { neighbourOnPath } from './neighbourOnPath';
import { pathLayout } from './pathLayout';
import { pathSentence } from './pathSentence';

const LINE = [
  { name: 'dev', after: [] },
  { name: 'staging', after: ['dev'] },
  { name: 'prod', after: ['staging'] },
];
const FORK = [
  { name: 'dev', after: [] },
  { name: 'staging', after: ['dev'] },
  { name: 'eu', after: ['staging'] },
  { name: 'us', after: ['staging'] },
];
const DIAMOND = [
  { name: 'dev', after: [] },
  { name: 'test', after: ['dev'] },
  { name: 'load', after: ['dev'] },
  { name: 'prod', after: ['test', 'load'] },
];

describe('pathLayout', () => {
  it('puts a line in one row and the Now card under all of it', () => {
    const layout = pathLayout(LINE);
    expect(layout.places).toEqual([
      { name: 'dev', column: 0, row: 0 },
      { name: 'staging', column: 1, row: 0 },
      { name: 'prod', column: 2, row: 0 },
    ]);
    expect(layout.now).toEqual({ row: 1, rows: 1, columns: 3 });
  });

  it('puts further targets under the first and the Now card beside them', () => {
    const layout = pathLayout(FORK);
    expect(layout.places.at(-1)).toEqual({ name: 'us', column: 2, row: 1 });
    expect(layout.now).toEqual({ row: 1, rows: 1, columns: 2 });
    expect(layout.arrows).toContainEqual({
      from: 'staging',
      to: 'us',
      column: 2,
      fromRow: 0,
      row: 1,
    });
  });

  it('never lets an arrow point back', () => {
    const { arrows, places } = pathLayout(DIAMOND);
    const column = (name: string) =>
      places.find(place => place.name === name)?.column ?? -1;
    expect(arrows.every(({ from, to }) => column(from) < column(to))).toBe(
      true,
    );
    expect(pathLayout(DIAMOND).now).toEqual({ row: 2, rows: 1, columns: 3 });
  });

  it('survives an environment after itself', () => {
    expect(pathLayout([{ name: 'dev', after: ['dev'] }]).places).toHaveLength(
      1,
    );
  });

  it.each([
    [LINE, 'dev, staging, prod'],
    [FORK, 'dev, staging, then eu and us'],
  ])('says the path in words', (path, text) => {
    expect(pathSentence(path)).toBe(text);
  });

  it.each([
    ['dev', 'ArrowRight', 'staging'],
    ['staging', 'ArrowRight', 'eu'],
    ['eu', 'ArrowDown', 'us'],
    ['us', 'ArrowUp', 'eu'],
    ['us', 'ArrowLeft', 'staging'],
    ['dev', 'ArrowLeft', undefined],
    ['dev', 'Enter', undefined],
  ])('moves from %s with %s to %s', (name, key, to) => {
    expect(neighbourOnPath(pathLayout(FORK), name, key)).toBe(to);
  });
});
