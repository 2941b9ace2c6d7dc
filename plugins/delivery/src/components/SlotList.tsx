// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { SlotRow } from '../view/slotRows';
import { Subtle } from './Subtle';

const Row = styled('li')({
  display: 'flex',
  gap: 8,
  alignItems: 'center',
  fontSize: 12.5,
  lineHeight: '18px',
  padding: '4px 0',
});

const Person = styled('span', { shouldForwardProp: prop => prop !== 'open' })<{
  open: boolean;
}>(({ open }) => ({
  width: 22,
  height: 22,
  borderRadius: '50%',
  fontSize: 11,
  fontWeight: 700,
  display: 'grid',
  placeItems: 'center',
  flex: 'none',
  ...(open
    ? { border: '1px dashed var(--dlv-line)', color: 'var(--dlv-subtle)' }
    : { background: 'var(--dlv-run-tint)', color: 'var(--dlv-run)' }),
}));

/** The places people fill with their approval. */
export function SlotList(props: { rows: readonly SlotRow[] }) {
  return (
    <ul>
      {props.rows.map(row => (
        <Row key={row.key}>
          <Person open={row.initial === undefined} aria-hidden>
            {row.initial ?? '?'}
          </Person>
          <span>
            <b>{row.bold}</b>
            {row.text} <Subtle>{row.more}</Subtle>
          </span>
        </Row>
      ))}
    </ul>
  );
}
