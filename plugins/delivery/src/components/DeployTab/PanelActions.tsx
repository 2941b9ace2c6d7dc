// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { useMay } from '../../hooks/useMay';
import { deliveryTranslationRef } from '../../translations';
import type { PanelView } from '../../view/panelView';
import { ActionButton } from '../ActionButton';
import { Icon } from '../Icon';
import { Reason } from '../Reason';
import { LogsDialog } from '../dialogs/LogsDialog';
import { BreakGlassPart } from './BreakGlassPart';

const Row = styled('div')({
  display: 'flex',
  gap: 8,
  flexWrap: 'wrap',
  alignItems: 'center',
});

/** What can be done with an Environment besides promoting the usual way. */
export type PanelAct =
  | { kind: 'roll-back'; environment: string }
  | { kind: 'hold'; environment: string }
  | { kind: 'lift-hold'; environment: string }
  | { kind: 'promote'; from: string; to: string }
  | { kind: 'override'; environment: string };

/** What can be done with the selected Environment, and why something cannot. */
export function PanelActions(props: {
  service: string;
  panel: PanelView;
  onAct: (act: PanelAct) => void;
}) {
  const { panel, onAct } = props;
  const { name: environment, rollback, whenPossible, hold } = panel;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  const [reading, setReading] = useState(false);
  const may = useMay(props.service, environment);
  const reason = rollback.kind === 'ready' ? undefined : rollback.reason;
  const holding = hold ? t('actions.liftHold') : t('actions.hold');
  return (
    <>
      <Row>
        <ActionButton
          blocked={rollback.kind !== 'ready'}
          describedBy={reason && `${id}-rollback`}
          onPress={() => onAct({ kind: 'roll-back', environment })}
        >
          <Icon
            name={rollback.kind === 'not-allowed' ? 'lock' : 'history'}
            size={16}
          />
          {t('actions.rollBack')}
        </ActionButton>
        <ActionButton
          blocked={!may.hold}
          describedBy={may.hold ? undefined : `${id}-hold`}
          onPress={() =>
            onAct({ kind: hold ? 'lift-hold' : 'hold', environment })
          }
        >
          {!may.hold && <Icon name="lock" size={16} />}
          {holding}
        </ActionButton>
        {hold && !hold.all && may.hold && (
          <ActionButton onPress={() => onAct({ kind: 'hold', environment })}>
            {t('actions.holdAll')}
          </ActionButton>
        )}
        <ActionButton onPress={() => setReading(true)}>
          {t('actions.logs')}
        </ActionButton>
        {whenPossible && (
          <ActionButton
            onPress={() =>
              onAct({
                kind: 'promote',
                from: whenPossible.from,
                to: whenPossible.to,
              })
            }
          >
            {t('actions.promoteWhenPossible')}
          </ActionButton>
        )}
      </Row>
      {reading && (
        <LogsDialog
          service={props.service}
          environment={environment}
          onClose={() => setReading(false)}
        />
      )}
      {reason && <Reason id={`${id}-rollback`} rest={reason} />}
      {!may.hold && (
        <Reason
          id={`${id}-hold`}
          rest={`You may not hold promotions to ${environment}.`}
        />
      )}
      {hold && <Reason rest={hold.text} />}
      {panel.breakGlass && (
        <BreakGlassPart
          breakGlass={panel.breakGlass}
          onOverride={() => onAct({ kind: 'override', environment })}
        />
      )}
    </>
  );
}
