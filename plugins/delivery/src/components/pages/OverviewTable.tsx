// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import type { OverviewCell, OverviewRow } from '../../view/overview';
import { personName } from '../../view/personName';
import { DataTable } from '../DataTable';
import { Icon } from '../Icon';
import { Subtle } from '../Subtle';
import { When } from '../When';

const Table = styled(DataTable)({
  '& td': { whiteSpace: 'nowrap' },
  '& thead th': {
    position: 'sticky',
    top: 0,
    background: 'var(--dlv-paper)',
    zIndex: 1,
  },
  '& tbody tr:hover': { background: 'var(--dlv-soft)' },
});

/** The Services, one row each, worst first. */
export function OverviewTable(props: {
  columns: readonly string[];
  rows: readonly OverviewRow[];
  /** How many rows there are in all, shown or not. */
  total: number;
}) {
  const links = useDeliveryLinks();
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table aria-rowcount={props.total + 1}>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Owner</th>
            {props.columns.map(column => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
            <th scope="col">What is going on</th>
            <th scope="col" style={{ textAlign: 'right' }}>
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            <tr key={row.service} aria-rowindex={index + 2}>
              <td>
                <b>
                  <Link to={links.deployTab(row.service)}>{row.title}</Link>
                </b>
              </td>
              <td>
                {row.owner && (
                  <Link to={links.entity(row.owner)}>
                    {personName(row.owner)}
                  </Link>
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
              <td>
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
          ))}
        </tbody>
      </Table>
    </div>
  );
}

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
