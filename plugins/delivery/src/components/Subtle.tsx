// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

/** Text that only accompanies. */
export const Subtle = styled('span')({ color: 'var(--dlv-subtle)' });
