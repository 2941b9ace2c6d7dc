// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { Fragment } from 'react';
import type { FactRow } from '../view/whatRuns';
import { CopyButton } from './CopyButton';
import { Icon } from './Icon';
import { Mono } from './Mono';
import { Subtle } from './Subtle';

const List = styled('dl')({
  display: 'grid',
  gridTemplateColumns: '62px 1fr',
  rowGap: 3,
  fontSize: 12.5,
  lineHeight: '19px',
  '& dt': { color: 'var(--dlv-subtle)' },
  '& dd': { minWidth: 0, overflowWrap: 'anywhere' },
});

const STYLES = {
  strong: { fontWeight: 700 },
  mono: { fontFamily: 'var(--dlv-mono)', fontSize: '.93em' },
  subtle: { color: 'var(--dlv-subtle)' },
  warn: { fontWeight: 700, color: 'var(--dlv-warn)' },
} as const;

/** Names and facts, with what can be copied of them. */
export function FactList(props: { rows: readonly FactRow[] }) {
  return (
    <List>
      {props.rows.map((row, index) => (
        <Fragment key={`${row.name}/${index}`}>
          <dt>{row.name}</dt>
          <dd>
            {row.parts.map(part => (
              <span
                key={part.text}
                style={part.style ? STYLES[part.style] : undefined}
              >
                {part.text}
              </span>
            ))}
            {row.icon && (
              <Subtle style={{ whiteSpace: 'nowrap' }}>
                {' '}
                <Icon name={row.icon.name} size={13} /> {row.icon.text}
              </Subtle>
            )}
            {row.code && (
              <div>
                <Mono style={{ whiteSpace: 'nowrap' }}>{row.code.text}</Mono>
                <CopyButton value={row.code.copy} what={row.code.what} />
              </div>
            )}
          </dd>
        </Fragment>
      ))}
    </List>
  );
}
