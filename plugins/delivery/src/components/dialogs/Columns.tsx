// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** The two columns of a dialog: what is read, and what is decided. */
export const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 384px',
  minHeight: '100%',
  '& > div': { padding: '14px 24px', minWidth: 0 },
  '& > div + div': {
    borderLeft: '1px solid var(--dlv-border)',
    background: 'var(--dlv-soft)',
  },
  '& h3': { fontSize: 13, margin: '0 0 6px' },
  '& .then': { marginTop: 14 },
  '@container (max-width: 860px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'auto 1fr',
    '& > div + div': {
      borderLeft: 0,
      borderTop: '1px solid var(--dlv-border)',
    },
  },
});
