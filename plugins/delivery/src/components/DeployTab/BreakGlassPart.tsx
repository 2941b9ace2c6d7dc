// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { deliveryTranslationRef } from '../../translations';
import type { BreakGlass } from '../../view/breakGlass';
import { ActionButton } from '../ActionButton';
import { Icon } from '../Icon';
import { Reason } from '../Reason';

const Fold = styled('details')({
  marginTop: 10,
  fontSize: 12.5,
  '& > summary': {
    cursor: 'pointer',
    fontWeight: 700,
    listStyle: 'none',
    minHeight: 24,
    display: 'flex',
    alignItems: 'center',
    gap: 6,
  },
  '& > summary::-webkit-details-marker': { display: 'none' },
  '& > p': { margin: '2px 0 8px', color: 'var(--dlv-subtle)', fontSize: 12 },
  '&[open] > summary > span:first-of-type': { transform: 'rotate(90deg)' },
});

const Danger = styled(ActionButton)({
  '&:not([aria-disabled])': {
    color: 'var(--dlv-bad)',
    borderColor: 'var(--dlv-bad-line)',
  },
});

/** Break glass, folded away: what it means and the way to it. */
export function BreakGlassPart(props: {
  breakGlass: BreakGlass;
  onOverride: () => void;
}) {
  const { text, reason, promotion } = props.breakGlass;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  return (
    <Fold>
      <summary>
        <Icon name="open" size={18} /> {t('actions.breakGlass')}
      </summary>
      <p>{text}</p>
      <Danger
        small
        blocked={promotion === undefined}
        describedBy={reason && id}
        onPress={props.onOverride}
      >
        <Icon name={promotion ? 'lock-open' : 'lock'} size={14} />
        {t('actions.override')}
      </Danger>
      {reason && <Reason id={id} rest={reason} />}
    </Fold>
  );
}
