// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';

const Frame = styled('div')({
  padding: '8px 10px',
  borderTop: '1px solid var(--dlv-border)',
  fontSize: 12,
  color: 'var(--dlv-subtle)',
  '& button': {
    appearance: 'none',
    background: 'none',
    border: 0,
    padding: 0,
    minHeight: 24,
    font: 'inherit',
    color: 'var(--dlv-link)',
    cursor: 'pointer',
    '&:hover': { textDecoration: 'underline' },
  },
});

/** How much of a list is shown, and a way to see more. */
export function ListFooter(props: {
  text: string;
  more: boolean;
  moreLabel?: string;
  onMore: () => void;
}) {
  return (
    <Frame>
      {props.text}{' '}
      {props.more && (
        <button type="button" onClick={props.onMore}>
          {props.moreLabel ?? 'Show more'}
        </button>
      )}
    </Frame>
  );
}
