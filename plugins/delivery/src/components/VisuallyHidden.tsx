// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** Text for people who listen to the page. */
export const VisuallyHidden = styled('span')({
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
});
