// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { EvidenceCard } from '../../view/evidenceCards';
import { Icon } from '../Icon';
import { Overline } from '../Overline';
import { Subtle } from '../Subtle';

const Grid = styled('ul')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))',
  gap: 8,
  '& > li': {
    border: '1px solid var(--dlv-border)',
    borderRadius: 4,
    padding: '7px 10px',
    fontSize: 12,
    lineHeight: '17px',
    background: 'var(--dlv-paper)',
  },
  '& > li > div': { display: 'flex', justifyContent: 'space-between' },
});

/** What CI vouches for, kind by kind. */
export function EvidenceCards(props: { cards: readonly EvidenceCard[] }) {
  return (
    <Grid>
      {props.cards.map(card => (
        <li key={card.title}>
          <Overline as="span">{card.title}</Overline>
          <div>
            <b style={{ fontSize: 13 }}>{card.value}</b>
            <b
              style={{
                color: `var(--dlv-${card.verdict.tone})`,
                whiteSpace: 'nowrap',
              }}
            >
              <Icon name={card.verdict.icon} size={14} /> {card.verdict.label}
            </b>
          </div>
          <Subtle>{card.more}</Subtle>
        </li>
      ))}
    </Grid>
  );
}
