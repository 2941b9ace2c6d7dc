// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** A message of another system, unchanged. */
export const Quote = styled('div')({
  fontFamily: 'var(--dlv-mono)',
  fontSize: 11.5,
  lineHeight: '17px',
  background: 'var(--dlv-soft)',
  border: '1px solid var(--dlv-border)',
  borderRadius: 4,
  padding: '7px 10px',
  margin: '6px 0',
  overflowWrap: 'anywhere',
  whiteSpace: 'pre-wrap',
});
