// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ReleaseDiff } from 'backstage-plugin-delivery-common';
import { Subtle } from '../Subtle';

type Known = Extract<ReleaseDiff['values'], { state: 'known' }>;
type Line = Known['lines'][number];

const Frame = styled('div')({
  border: '1px solid var(--dlv-border)',
  borderRadius: 4,
  fontFamily: 'var(--dlv-mono)',
  fontSize: 11.5,
  lineHeight: '17px',
  background: 'var(--dlv-paper)',
  overflowX: 'auto',
  '& > header': {
    background: 'var(--dlv-soft)',
    borderBottom: '1px solid var(--dlv-border)',
    padding: '3px 10px',
    fontWeight: 700,
    display: 'flex',
    justifyContent: 'space-between',
    gap: 12,
  },
});

// as wide as the longest line, so that the colours do not end before it
const Lines = styled('div')({ minWidth: 'max-content' });

const LOOKS: Record<Line['kind'], { sign: string; style: object }> = {
  context: { sign: ' ', style: {} },
  added: {
    sign: '+',
    style: {
      background: 'var(--dlv-ok-tint)',
      '& > :nth-of-type(n+3)': { color: 'var(--dlv-ok)', fontWeight: 700 },
    },
  },
  removed: {
    sign: '−',
    style: {
      background: 'var(--dlv-bad-tint)',
      '& > :nth-of-type(n+3)': { color: 'var(--dlv-bad)', fontWeight: 700 },
    },
  },
  hunk: {
    sign: ' ',
    style: { background: 'var(--dlv-run-tint)', color: 'var(--dlv-run)' },
  },
};

const Row = styled('div', { shouldForwardProp: prop => prop !== 'kind' })<{
  kind: Line['kind'];
}>(({ kind }) => ({
  display: 'grid',
  gridTemplateColumns: '36px 36px 16px 1fr',
  whiteSpace: 'pre',
  '& > :nth-of-type(-n+2)': {
    textAlign: 'right',
    paddingRight: 8,
    color: 'var(--dlv-subtle)',
  },
  ...LOOKS[kind].style,
}));

/** A unified diff of a values file: sign, colour and line numbers. */
export function DiffView(props: { values: Known; title: string }) {
  const { file, added, removed, lines } = props.values;
  return (
    <Frame
      role="group"
      // a keyboard scrolls it sideways
      tabIndex={0}
      aria-label={`Values diff, ${added} lines added, ${removed} removed`}
    >
      <header>
        <span>{file}</span>
        <Subtle style={{ fontWeight: 400 }}>
          {props.title} · +{added} −{removed}
        </Subtle>
      </header>
      <Lines>
        {lines.map((line, index) => (
          <Row key={`${index}/${line.text}`} kind={line.kind}>
            <span>{line.before}</span>
            <span>{line.after}</span>
            <span>{LOOKS[line.kind].sign}</span>
            <span>{line.text}</span>
          </Row>
        ))}
      </Lines>
    </Frame>
  );
}
