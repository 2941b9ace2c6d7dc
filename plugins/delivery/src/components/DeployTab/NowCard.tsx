// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import { useDeliveryLinks } from '../../navigation/useDeliveryLinks';
import type { NowAction, NowView } from '../../view/nowView';
import { ActionButton } from '../ActionButton';
import { Icon } from '../Icon';
import { OutLink } from '../OutLink';
import { Overline } from '../Overline';
import { Quote } from '../Quote';
import { Subtle } from '../Subtle';
import { EarliestBars } from './EarliestBars';
import { StepBar } from './StepBar';

const Frame = styled('section', {
  shouldForwardProp: prop => prop !== 'mark',
})<{ mark?: string }>(({ mark }) => ({
  flex: 1,
  minWidth: 0,
  padding: '14px 16px',
  border: '1px solid var(--dlv-border)',
  ...(mark ? { borderLeft: `4px solid ${mark}` } : {}),
  borderRadius: 6,
  background: 'var(--dlv-paper)',
  display: 'flex',
  flexDirection: 'column',
  '& h3': { fontSize: 15, lineHeight: '21px', margin: '2px 0 4px' },
  '& p': { fontSize: 12.5, overflowWrap: 'anywhere' },
}));

const Actions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  marginTop: 8,
});

const RESOLUTIONS = {
  adopt: 'It did start…',
  'none-exists': 'It did not start…',
  cancel: 'Cancel promotion…',
} as const;

function labelOf(action: NowAction): string {
  switch (action.kind) {
    case 'cancel':
      return 'Cancel promotion…';
    case 'resolve':
      return RESOLUTIONS[action.resolution];
    case 'lift-hold':
      return 'Lift hold…';
    case 'acknowledge':
      return 'Accept for now…';
    case 'bring-back':
      return `Bring back Release ${action.releaseNumber}…`;
    default:
      return 'Try now';
  }
}

/** The one thing that matters now, and what can be done about it. */
export function NowCard(props: {
  now: NowView;
  onAction: (action: NowAction) => void;
}) {
  const { now } = props;
  const links = useDeliveryLinks();
  const calm = now.tone === 'unknown' && !now.urgent;
  return (
    <Frame
      aria-label="Now"
      mark={calm ? undefined : `var(--dlv-${now.tone}-line)`}
    >
      <Overline as="div">Now</Overline>
      <div
        role={now.urgent ? 'alert' : undefined}
        aria-live={now.urgent ? undefined : 'polite'}
      >
        <h3>{now.title}</h3>
      </div>
      {now.steps && <StepBar steps={now.steps} />}
      {now.lead && (
        <p>
          <Subtle>
            {now.lead.before}
            <b style={{ color: 'var(--dlv-text)' }}>{now.lead.bold}</b>
            {now.lead.after}{' '}
          </Subtle>
          {now.promotion && (
            <Link to={links.promotion(now.promotion.id)}>
              Promotion {now.promotion.number}
            </Link>
          )}
        </p>
      )}
      {now.text && <p>{now.text}</p>}
      {now.hint && (
        <p style={{ marginTop: 8 }}>
          <Icon name={now.hint.icon} size={14} /> {now.hint.text}
        </p>
      )}
      {now.message && (
        <>
          <Quote>{now.message.text}</Quote>
          <p>
            <Subtle>Said by {now.message.saidBy}.</Subtle>
          </p>
        </>
      )}
      {now.bars && <EarliestBars bars={now.bars} />}
      <NowActions {...props} />
    </Frame>
  );
}

function NowActions(props: {
  now: NowView;
  onAction: (action: NowAction) => void;
}) {
  const { now, onAction } = props;
  const links = useDeliveryLinks();
  const promotion = now.lead ? undefined : now.promotion;
  if (!promotion && !now.execution && now.actions.length === 0) {
    return null;
  }
  return (
    <Actions>
      {promotion && (
        <Link to={links.promotion(promotion.id)}>
          Promotion {promotion.number}
        </Link>
      )}
      {now.execution && (
        <OutLink to={now.execution}>Spinnaker execution</OutLink>
      )}
      <span style={{ flex: 1 }} />
      {now.actions.map(action => (
        <ActionButton
          key={labelOf(action)}
          small
          blocked={!mayDo(action)}
          onPress={() => onAction(action)}
        >
          {labelOf(action)}
        </ActionButton>
      ))}
      {[...new Set(now.actions.flatMap(reasonsOf))].map(reason => (
        <Subtle key={reason} style={{ width: '100%', fontSize: 12 }}>
          {reason}
        </Subtle>
      ))}
    </Actions>
  );
}

function mayDo(action: NowAction): boolean {
  return action.kind === 'cancel' || action.kind === 'resolve'
    ? action.promotion.mayCancel.allowed
    : true;
}

function reasonsOf(action: NowAction): string[] {
  return (action.kind === 'cancel' || action.kind === 'resolve') &&
    !action.promotion.mayCancel.allowed
    ? [action.promotion.mayCancel.reason]
    : [];
}
