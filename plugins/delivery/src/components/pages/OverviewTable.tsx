// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef, useState } from 'react';
import type { OverviewRow } from '../../view/overview';
import { DataTable } from '../DataTable';
import { OverviewTableRow } from './OverviewTableRow';

const ROW_HEIGHT = 33;
/** As many rows are drawn at once; more are drawn as they are scrolled to. */
const MOST_DRAWN = 100;
const OVERSCAN = 15;

const Scroller = styled('div')({
  overflow: 'auto',
  maxHeight: 'max(420px, calc(100vh - 360px))',
});

const Table = styled(DataTable)({
  tableLayout: 'fixed',
  '& td': {
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  '& tbody tr:last-of-type td': {
    borderBottom: '1px solid var(--dlv-border)',
  },
  '& tbody.space td': { border: 0, padding: 0 },
  '& thead th': {
    position: 'sticky',
    top: 0,
    background: 'var(--dlv-paper)',
    // a border of a collapsed table does not stick
    boxShadow: 'inset 0 -1px 0 var(--dlv-border)',
    zIndex: 1,
  },
  '& tbody tr.row:hover': { background: 'var(--dlv-soft)' },
});

/** The Services, one row each, worst first; a row expands to its path. */
export function OverviewTable(props: {
  columns: readonly string[];
  rows: readonly OverviewRow[];
}) {
  const { columns, rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const windowed = rows.length > MOST_DRAWN;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: windowed,
    overscan: OVERSCAN,
    estimateSize: () => ROW_HEIGHT,
    getScrollElement: () => scroller.current,
    getItemKey: index => rows[index]?.service ?? index,
  });
  const drawn = virtualizer.getVirtualItems();
  const shown = windowed ? drawn.map(({ index }) => index) : [...rows.keys()];
  const above = windowed ? drawn[0]?.start ?? 0 : 0;
  const below = windowed
    ? virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0)
    : 0;
  const toggle = useCallback(
    (service: string) =>
      setExpanded(current => {
        const next = new Set(current);
        return next.delete(service) ? next : next.add(service);
      }),
    [],
  );
  return (
    <Scroller ref={scroller}>
      <Table
        aria-rowcount={rows.length + 1}
        style={{ minWidth: 560 + columns.length * 118 }}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" style={{ width: 172 }}>
              Service
            </th>
            <th scope="col" style={{ width: 110 }}>
              Owner
            </th>
            {columns.map(column => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
            <th scope="col" style={{ width: 204 }}>
              What is going on
            </th>
            <th scope="col" style={{ width: 90, textAlign: 'right' }}>
              Changed
            </th>
          </tr>
        </thead>
        <Space height={above} />
        {shown.map(index => {
          const row = rows[index];
          return (
            row && (
              <tbody
                key={row.service}
                data-index={index}
                ref={windowed ? virtualizer.measureElement : undefined}
              >
                <OverviewTableRow
                  row={row}
                  index={index}
                  expanded={expanded.has(row.service)}
                  onToggle={toggle}
                />
              </tbody>
            )
          );
        })}
        <Space height={below} />
      </Table>
    </Scroller>
  );
}

function Space({ height }: { height: number }) {
  return height > 0 ? (
    <tbody className="space" aria-hidden>
      <tr>
        <td style={{ height }} />
      </tr>
    </tbody>
  ) : null;
}
