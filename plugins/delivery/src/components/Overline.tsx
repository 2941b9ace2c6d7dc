// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** The small heading of a part of a card or panel. */
export const Overline = styled('h3')({
  fontSize: 11,
  fontWeight: 700,
  letterSpacing: '.6px',
  textTransform: 'uppercase',
  color: 'var(--dlv-subtle)',
  lineHeight: '16px',
});
