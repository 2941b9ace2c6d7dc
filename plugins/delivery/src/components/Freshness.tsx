// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Refresh from '@mui/icons-material/Refresh';
import { styled } from '@mui/material/styles';
import { deliveryTranslationRef } from '../translations';
import type { FreshnessEntry } from '../view/freshness';
import { Icon } from './Icon';
import { VisuallyHidden } from './VisuallyHidden';

const Line = styled('div')({
  marginLeft: 'auto',
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 14px',
  alignItems: 'center',
  fontSize: 12,
  color: 'var(--dlv-subtle)',
  '& > span': { whiteSpace: 'nowrap' },
  '@container (max-width: 759px)': { marginLeft: 0, width: '100%' },
});

const RefreshButton = styled('button')({
  appearance: 'none',
  background: 'none',
  border: 0,
  padding: 0,
  minHeight: 24,
  font: 'inherit',
  color: 'var(--dlv-link)',
  cursor: 'pointer',
  whiteSpace: 'nowrap',
  '& svg': { fontSize: 15, verticalAlign: -3 },
  '&:hover': { textDecoration: 'underline' },
});

/** When each source was last seen, and a way to look again. */
export function Freshness(props: {
  entries: readonly FreshnessEntry[];
  onRefresh: () => void;
  label?: string;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const silent = props.entries.filter(entry => entry.stale);
  return (
    <Line>
      {props.entries.length > 0 && (
        <span>
          <Icon name="clock" size={14} /> Seen:
        </span>
      )}
      {props.entries.map(entry => (
        <span
          key={entry.key}
          title={entry.reason}
          style={
            entry.stale
              ? { color: 'var(--dlv-warn)', fontWeight: 700 }
              : undefined
          }
        >
          {entry.stale && <Icon name="cloud-off" size={14} />} {entry.text}
        </span>
      ))}
      <VisuallyHidden role="status">
        {silent.map(entry => entry.text).join('. ')}
      </VisuallyHidden>
      <RefreshButton type="button" onClick={props.onRefresh}>
        <Refresh aria-hidden /> {props.label ?? t('actions.refresh')}
      </RefreshButton>
    </Line>
  );
}
