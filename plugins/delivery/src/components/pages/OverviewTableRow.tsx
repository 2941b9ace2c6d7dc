// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import { memo, useId } from 'react';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import type { OverviewCell, OverviewRow } from '../../view/overview';
import { personName } from '../../view/personName';
import { Icon } from '../Icon';
import { Subtle } from '../Subtle';
import { When } from '../When';
import { OverviewPath } from './OverviewPath';

const Arrow = styled('button')({
  appearance: 'none',
  border: 0,
  background: 'none',
  color: 'inherit',
  padding: 0,
  width: 24,
  height: 24,
  margin: '-4px 2px -4px -6px',
  cursor: 'pointer',
  verticalAlign: 'middle',
  '&[aria-expanded="true"] > span': { transform: 'rotate(90deg)' },
});

/** One Service of the overview, with its path below when it is expanded. */
export const OverviewTableRow = memo(
  (props: {
    row: OverviewRow;
    index: number;
    expanded: boolean;
    onToggle: (service: string) => void;
  }) => {
    const { row, expanded } = props;
    const links = useDeliveryLinks();
    const id = useId();
    return (
      <>
        <tr
          className="row"
          aria-rowindex={props.index + 2}
          style={expanded ? { background: 'var(--dlv-selected)' } : undefined}
        >
          <td>
            <Arrow
              type="button"
              aria-expanded={expanded}
              aria-controls={expanded ? id : undefined}
              aria-label={`Path of ${row.title}`}
              onClick={() => props.onToggle(row.service)}
            >
              <Icon name="open" size={18} />
            </Arrow>
            <b>
              <Link to={links.deployTab(row.service)}>{row.title}</Link>
            </b>
          </td>
          <td>
            {row.owner && (
              <Link to={links.entity(row.owner)}>{personName(row.owner)}</Link>
            )}
          </td>
          {row.cells.map(cell => (
            <td key={cell.environment}>
              <Cell
                cell={cell}
                to={links.deployTab(row.service, cell.environment)}
              />
            </td>
          ))}
          <td title={row.going.label}>
            <b style={{ color: `var(--dlv-${row.going.tone})` }}>
              <Icon name={row.going.icon} size={14} /> {row.going.label}
            </b>
          </td>
          <td style={{ textAlign: 'right' }}>
            {row.changed && (
              <Subtle>
                <When at={row.changed.at}>{row.changed.text}</When>
              </Subtle>
            )}
          </td>
        </tr>
        {expanded && (
          <tr id={id} style={{ background: 'var(--dlv-selected)' }}>
            <td
              colSpan={row.cells.length + 4}
              style={{
                whiteSpace: 'normal',
                overflow: 'visible',
                padding: '4px 12px 12px 34px',
              }}
            >
              <OverviewPath row={row} />
            </td>
          </tr>
        )}
      </>
    );
  },
);
OverviewTableRow.displayName = 'OverviewTableRow';

function Cell({ cell, to }: { cell: OverviewCell; to: string }) {
  if (cell.kind === 'absent') {
    return <Subtle>Not on path</Subtle>;
  }
  return (
    <Link to={to} style={{ color: 'inherit' }}>
      <Icon name={cell.looks.icon} tone={cell.looks.tone} size={14} />{' '}
      {cell.release !== undefined && <b>{cell.release} </b>}
      <span style={{ color: `var(--dlv-${cell.looks.tone})`, fontSize: 12 }}>
        {cell.looks.label}
      </span>
    </Link>
  );
}
