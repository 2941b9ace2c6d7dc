// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** A raised sheet of paper. */
export const Section = styled('section')({
  background: 'var(--dlv-paper)',
  borderRadius: 4,
  boxShadow: 'var(--dlv-shadow)',
});
