// SPDX-License-Identifier: Apache-2.0
import ContentCopy from '@mui/icons-material/ContentCopy';
import { styled } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { VisuallyHidden } from './VisuallyHidden';

const Frame = styled('button')({
  border: '1px solid var(--dlv-border)',
  background: 'var(--dlv-paper)',
  borderRadius: 3,
  fontFamily: 'inherit',
  fontSize: 11,
  lineHeight: '15px',
  padding: '0 5px',
  minHeight: 17,
  whiteSpace: 'nowrap',
  color: 'var(--dlv-link)',
  marginLeft: 4,
  cursor: 'pointer',
  '& svg': { fontSize: 11, verticalAlign: -2 },
});

const SHOWN = 2000;

/** Copies one thing, says which, and answers when it is done. */
export function CopyButton(props: { value: string; what: string }) {
  const [answer, setAnswer] = useState<'Copied' | 'Not copied'>();
  useEffect(() => {
    const timer = answer && setTimeout(() => setAnswer(undefined), SHOWN);
    return () => clearTimeout(timer);
  }, [answer]);
  return (
    <>
      <Frame
        type="button"
        aria-label={`Copy ${props.what}`}
        onClick={() => {
          navigator.clipboard.writeText(props.value).then(
            () => setAnswer('Copied'),
            () => setAnswer('Not copied'),
          );
        }}
      >
        <ContentCopy aria-hidden /> {answer ?? 'Copy'}
      </Frame>
      <VisuallyHidden role="status">{answer}</VisuallyHidden>
    </>
  );
}
