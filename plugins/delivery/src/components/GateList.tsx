// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import type { GateRow } from '../view/gateList';
import { Icon } from './Icon';

const Row = styled('li')({
  display: 'grid',
  gridTemplateColumns: '84px 1fr',
  gap: '2px 8px',
  fontSize: 12.5,
  lineHeight: '17px',
  padding: '4px 0',
});

const Verdict = styled('span')({
  fontWeight: 700,
  display: 'flex',
  gap: 4,
  alignItems: 'flex-start',
  whiteSpace: 'nowrap',
});

const More = styled('div')({ fontSize: 12, color: 'var(--dlv-subtle)' });

/** The Gates on a door with what each of them says. */
export function GateList(props: { rows: readonly GateRow[] }) {
  return (
    <ul>
      {props.rows.map(row => (
        <Row key={row.gate}>
          <Verdict
            style={{
              color: `var(--dlv-${row.tone})`,
              gridColumn: row.wide ? '1 / -1' : undefined,
            }}
          >
            <Icon name={row.icon} size={15} />
            {row.label}
          </Verdict>
          <div style={{ minWidth: 0, gridColumn: 2, overflowWrap: 'anywhere' }}>
            <b>{row.title}</b>: {row.reason}
            {(row.more || row.fix) && (
              <More>
                {row.more}{' '}
                {row.fix && <Link to={row.fix.url}>{row.fix.title}</Link>}
              </More>
            )}
          </div>
        </Row>
      ))}
    </ul>
  );
}
