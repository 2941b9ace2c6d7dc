// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import { ActionButton } from '../ActionButton';
import { Reason } from '../Reason';

/** What a dialog's button does, and why it says what it says. */
export type DialogAct = {
  label: string;
  blocked: boolean;
  lead?: string;
  rest?: string;
};

/** The foot of a dialog that acts: why, the way back, and the act itself. */
export function ActFooter(props: {
  act: DialogAct;
  /** It is being done right now. */
  pending: boolean;
  /** What the way back is called. */
  back?: string;
  danger?: boolean;
  onAct: () => void;
  onClose: () => void;
}) {
  const { act, back = 'Cancel' } = props;
  const id = useId();
  const explained = act.lead !== undefined || act.rest !== undefined;
  return (
    <>
      <div style={{ flex: '1 1 240px' }}>
        {explained && <Reason id={id} lead={act.lead} rest={act.rest} />}
      </div>
      <ActionButton look="text" onPress={props.onClose}>
        {back}
      </ActionButton>
      <ActionButton
        look={props.danger ? 'danger' : 'main'}
        blocked={act.blocked || props.pending}
        describedBy={explained ? id : undefined}
        onPress={props.onAct}
      >
        {act.label}
      </ActionButton>
    </>
  );
}
