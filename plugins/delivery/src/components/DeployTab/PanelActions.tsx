// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { deliveryTranslationRef } from '../../translations';
import type { PanelView } from '../../view/panelView';
import { ActionButton } from '../ActionButton';
import { Icon } from '../Icon';
import { Reason } from '../Reason';

const Row = styled('div')({
  display: 'flex',
  gap: 8,
  flexWrap: 'wrap',
  alignItems: 'center',
});

/** What can be done with the selected Environment, and why something cannot. */
export function PanelActions(props: {
  panel: PanelView;
  onRollBack: () => void;
  onLiftHold: () => void;
  onPromoteWhenPossible: (from: string, to: string) => void;
}) {
  const { panel } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  const { rollback, whenPossible } = panel;
  const reason = rollback.kind === 'ready' ? undefined : rollback.reason;
  return (
    <>
      <Row>
        <ActionButton
          blocked={rollback.kind !== 'ready'}
          describedBy={reason && `${id}-rollback`}
          onPress={props.onRollBack}
        >
          <Icon
            name={rollback.kind === 'not-allowed' ? 'lock' : 'history'}
            size={16}
          />
          {t('actions.rollBack')}
        </ActionButton>
        {panel.hold && (
          <ActionButton onPress={props.onLiftHold}>
            {t('actions.liftHold')}
          </ActionButton>
        )}
        {whenPossible && (
          <ActionButton
            onPress={() =>
              props.onPromoteWhenPossible(whenPossible.from, whenPossible.to)
            }
          >
            {t('actions.promoteWhenPossible')}
          </ActionButton>
        )}
      </Row>
      {reason && <Reason id={`${id}-rollback`} rest={reason} />}
      {panel.hold && <Reason rest={panel.hold} />}
    </>
  );
}
