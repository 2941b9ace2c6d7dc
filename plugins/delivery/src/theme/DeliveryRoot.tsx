// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { deliveryTokens } from './deliveryTokens';

/**
 * The frame of everything delivery draws: sets its colours and its text, and is
 * what widths are measured against.
 */
export const DeliveryRoot = styled('div')(({ theme }) => ({
  ...deliveryTokens(theme),
  color: 'var(--dlv-text)',
  fontFamily: theme.typography.fontFamily,
  fontSize: 13,
  lineHeight: 1.4,
  containerType: 'inline-size',
  '& a': {
    color: 'var(--dlv-link)',
    textDecoration: 'none',
    '&:hover': { textDecoration: 'underline' },
  },
  '& p a': { textDecoration: 'underline' },
  '& h1, & h2, & h3, & h4, & p, & ul, & ol, & dl, & dd': {
    margin: 0,
    padding: 0,
  },
  '& ul, & ol': { listStyle: 'none' },
  '& :focus-visible': {
    outline: '2px solid var(--dlv-link)',
    outlineOffset: 2,
  },
  '@media (prefers-reduced-motion: reduce)': {
    '& *': { animation: 'none !important' },
  },
}));
