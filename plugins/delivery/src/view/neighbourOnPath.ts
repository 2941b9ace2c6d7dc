// SPDX-License-Identifier: Apache-2.0
import type { PathLayout } from './pathLayout';

/** The Environment an arrow key leads to; undefined at the edge of the path. */
export function neighbourOnPath(
  layout: PathLayout,
  name: string,
  key: string,
): string | undefined {
  const here = layout.places.find(place => place.name === name);
  if (!here) {
    return undefined;
  }
  const at = (column: number, row: number) =>
    layout.places.find(place => place.column === column && place.row === row)
      ?.name;
  switch (key) {
    case 'ArrowRight':
      return (
        layout.arrows.find(arrow => arrow.from === name)?.to ??
        at(here.column + 1, here.row)
      );
    case 'ArrowLeft':
      return (
        layout.arrows.find(arrow => arrow.to === name)?.from ??
        at(here.column - 1, here.row)
      );
    case 'ArrowDown':
      return at(here.column, here.row + 1);
    case 'ArrowUp':
      return at(here.column, here.row - 1);
    default:
      return undefined;
  }
}
