// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** Names that machines gave: tags, digests, commits. */
export const Mono = styled('span')({
  fontFamily: 'var(--dlv-mono)',
  fontSize: '.93em',
});
