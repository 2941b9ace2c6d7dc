// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { PathArrow } from '../../view/pathLayout';
import { ROWS } from './ROWS';

const HEAD = 46;

const Cell = styled('li')({
  position: 'relative',
  [ROWS]: {
    height: 22,
    '& > *': { display: 'none' },
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 24,
      top: 2,
      height: 12,
      width: 2,
      background: 'var(--arrow)',
    },
    '&::after': {
      content: '""',
      position: 'absolute',
      left: 20,
      top: 12,
      borderTop: '8px solid var(--arrow)',
      borderLeft: '5px solid transparent',
      borderRight: '5px solid transparent',
    },
  },
});

const Line = styled('i')({
  position: 'absolute',
  height: 2,
  background: 'var(--arrow)',
  top: HEAD,
  right: 10,
  '&::after': {
    content: '""',
    position: 'absolute',
    right: -7,
    top: -4,
    borderLeft: '8px solid var(--arrow)',
    borderTop: '5px solid transparent',
    borderBottom: '5px solid transparent',
  },
});

const Rail = styled('i')({
  position: 'absolute',
  left: 17,
  width: 2,
  background: 'var(--arrow)',
});

/**
 * The arrows in one gap of the path's grid: into the tile behind it, and
 * further down to the targets of a fork.
 */
export function PathArrowCell(props: {
  column: number;
  row: number;
  arrows: readonly PathArrow[];
  moving: boolean;
  /** Hidden where the path is rows, because a rail is drawn instead. */
  fork: boolean;
}) {
  const { column, row, arrows } = props;
  const into = arrows.find(arrow => arrow.row === row);
  const down = arrows.some(arrow => arrow.fromRow <= row && arrow.row > row);
  const elbow = into !== undefined && into.fromRow < row;
  const colour = props.moving ? 'var(--dlv-run-line)' : 'var(--dlv-line)';
  return (
    <Cell
      aria-hidden
      style={{
        gridColumn: column * 2,
        gridRow: row + 1,
        ['--arrow' as string]: colour,
      }}
      sx={props.fork ? { [ROWS]: { display: 'none' } } : undefined}
    >
      {into && <Line style={{ left: elbow ? 17 : 4 }} />}
      {elbow && <Rail style={{ top: 0, height: HEAD + 2 }} />}
      {down && <Rail style={{ top: elbow ? 0 : HEAD, bottom: -16 }} />}
    </Cell>
  );
}
