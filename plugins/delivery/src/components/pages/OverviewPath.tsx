// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import type { OverviewRow } from '../../view/overview';
import { HealthChip } from '../HealthChip';
import { Subtle } from '../Subtle';

// as wide as what is in view, not as the table that scrolls sideways
const Frame = styled('div')({
  position: 'sticky',
  left: 34,
  maxWidth: 'calc(100cqw - 48px)',
});

const Stops = styled('ol')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 12,
  '& > li': {
    flex: '1 1 180px',
    maxWidth: 280,
    minWidth: 0,
    background: 'var(--dlv-paper)',
    border: '1px solid var(--dlv-border)',
    borderTopWidth: 4,
    borderRadius: 6,
    padding: '8px 12px',
    fontSize: 12.5,
    lineHeight: '18px',
    overflowWrap: 'anywhere',
  },
  '& header': {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: 4,
  },
});

const Foot = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 16px',
  marginTop: 8,
  fontSize: 12.5,
});

/** The path of one Service of the overview, Environment by Environment. */
export function OverviewPath({ row }: { row: OverviewRow }) {
  const links = useDeliveryLinks();
  return (
    <Frame>
      <Stops aria-label={`Promotion path of ${row.title}`}>
        {row.path.map(stop => (
          <li
            key={stop.name}
            style={{ borderTopColor: `var(--dlv-${stop.looks.tone}-line)` }}
          >
            <header>
              <b>{stop.name}</b>
              <HealthChip {...stop.looks} />
            </header>
            <b>{stop.release}</b>
            {stop.note && (
              <div>
                <Subtle>{stop.note}</Subtle>
              </div>
            )}
          </li>
        ))}
      </Stops>
      <Foot>
        <b>
          <Link to={links.deployTab(row.service)}>
            Open Deploy of {row.title}
          </Link>
        </b>
        {row.path.map(
          ({ promotion }) =>
            promotion && (
              <Link key={promotion.id} to={links.promotion(promotion.id)}>
                {promotion.text}
              </Link>
            ),
        )}
      </Foot>
    </Frame>
  );
}
