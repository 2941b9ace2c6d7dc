// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** A dense table in delivery's own lines. */
export const DataTable = styled('table')({
  borderCollapse: 'collapse',
  width: '100%',
  fontSize: 12.5,
  '& th': {
    fontSize: 12,
    textAlign: 'left',
    color: 'var(--dlv-subtle)',
    fontWeight: 700,
    padding: '8px 10px',
    borderBottom: '1px solid var(--dlv-border)',
    whiteSpace: 'nowrap',
  },
  '& td': {
    padding: '7px 10px',
    borderBottom: '1px solid var(--dlv-border)',
    verticalAlign: 'middle',
    lineHeight: '17px',
  },
  '& tbody tr:last-of-type td': { borderBottom: 0 },
});
