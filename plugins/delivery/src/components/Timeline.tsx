// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { IconName } from '../view/IconName';
import type { Tone } from '../view/Tone';
import { Icon } from './Icon';
import { Subtle } from './Subtle';
import { When } from './When';

const List = styled('ul')({ padding: '10px 16px !important' });

const Row = styled('li')({
  display: 'grid',
  gridTemplateColumns: '104px 22px minmax(0, 1fr) auto',
  gap: 8,
  paddingBottom: 12,
  fontSize: 12.5,
  lineHeight: '18px',
  position: 'relative',
  '&:not(:last-of-type)::before': {
    content: '""',
    position: 'absolute',
    left: 119,
    top: 20,
    bottom: -2,
    width: 2,
    background: 'var(--dlv-border)',
  },
  '@container (max-width: 480px)': {
    gridTemplateColumns: '72px 22px minmax(0, 1fr)',
    '&:not(:last-of-type)::before': { left: 87 },
  },
});

/** One line of a timeline. */
export type TimelineEntry = {
  key: string;
  when: string;
  at: string;
  icon: IconName;
  tone: Tone;
  text: ReactNode;
  more?: ReactNode;
  aside?: ReactNode;
};

/** What happened, line by line. */
export function Timeline(props: {
  label: string;
  entries: readonly TimelineEntry[];
}) {
  return (
    <List aria-label={props.label}>
      {props.entries.map(entry => (
        <Row key={entry.key}>
          <Subtle style={{ textAlign: 'right', whiteSpace: 'nowrap' }}>
            <When at={entry.at}>{entry.when}</When>
          </Subtle>
          <Icon name={entry.icon} tone={entry.tone} size={16} />
          <div style={{ overflowWrap: 'anywhere' }}>
            {entry.text}
            {entry.more && (
              <Subtle style={{ display: 'block', fontSize: 12 }}>
                {entry.more}
              </Subtle>
            )}
          </div>
          {entry.aside && (
            <Subtle style={{ fontSize: 12, whiteSpace: 'nowrap' }}>
              {entry.aside}
            </Subtle>
          )}
        </Row>
      ))}
    </List>
  );
}
