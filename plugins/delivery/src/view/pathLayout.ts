// SPDX-License-Identifier: Apache-2.0
import type { Environment } from 'backstage-plugin-delivery-common';

/** Where an Environment stands on the path: column and row, from 0. */
export type PathPlace = { name: string; column: number; row: number };

/** An arrow into the tile at `column`, `row`, drawn in the gap before it. */
export type PathArrow = {
  from: string;
  to: string;
  column: number;
  /** The row of the tile the arrow comes from. */
  fromRow: number;
  row: number;
};

/** The path as a grid, with the free place for the Now card. */
export type PathLayout = {
  columns: number;
  rows: number;
  places: PathPlace[];
  arrows: PathArrow[];
  /** The tiles' columns the Now card spans, and its row. */
  now: { row: number; rows: number; columns: number };
};

/**
 * Lays the path out: the main line in the first row, further targets of a fork
 * under the first target.
 *
 * @remarks
 * The column is the longest way from an entry, so arrows never point back.
 */
export function pathLayout(
  environments: readonly Pick<Environment, 'name' | 'after'>[],
): PathLayout {
  const places = new Map<string, PathPlace>();
  const taken = new Map<number, number>();
  const byName = new Map(environments.map(each => [each.name, each]));
  const columnOf = (name: string, seen: readonly string[] = []): number => {
    const after = (byName.get(name)?.after ?? []).filter(
      each => byName.has(each) && !seen.includes(each),
    );
    return after.length === 0
      ? 0
      : 1 + Math.max(...after.map(each => columnOf(each, [...seen, name])));
  };
  const ordered = environments
    .map(({ name }) => ({ name, column: columnOf(name) }))
    .sort((a, b) => a.column - b.column);
  for (const { name, column } of ordered) {
    const parents = (byName.get(name)?.after ?? []).map(
      parent => places.get(parent)?.row ?? 0,
    );
    const row = Math.max(
      taken.get(column) ?? 0,
      parents.length > 0 ? Math.min(...parents) : 0,
    );
    taken.set(column, row + 1);
    places.set(name, { name, column, row });
  }
  const all = [...places.values()];
  const rows = Math.max(1, ...all.map(place => place.row + 1));
  const columns = Math.max(1, ...all.map(place => place.column + 1));
  return {
    columns,
    rows,
    places: all,
    arrows: arrowsOf(environments, places),
    now: nowPlace(all, { rows, columns }),
  };
}

function arrowsOf(
  environments: readonly Pick<Environment, 'name' | 'after'>[],
  places: ReadonlyMap<string, PathPlace>,
): PathArrow[] {
  return environments.flatMap(({ name, after }) => {
    const to = places.get(name);
    return after.flatMap(parent => {
      const from = places.get(parent);
      return from && to
        ? [
            {
              from: parent,
              to: name,
              column: to.column,
              fromRow: from.row,
              row: to.row,
            },
          ]
        : [];
    });
  });
}

function nowPlace(
  places: readonly PathPlace[],
  { rows, columns }: { rows: number; columns: number },
): PathLayout['now'] {
  const firstForked = Math.min(
    columns,
    ...places.filter(place => place.row > 0).map(place => place.column),
  );
  return rows === 1 || firstForked < 2
    ? { row: rows, rows: 1, columns }
    : { row: 1, rows: rows - 1, columns: firstForked };
}
