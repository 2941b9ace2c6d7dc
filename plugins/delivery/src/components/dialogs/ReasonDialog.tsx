// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactNode } from 'react';
import { useAct } from '../../hooks/useAct';
import { ActionButton } from '../ActionButton';
import { ErrorNotice } from '../ErrorNotice';
import { Reason } from '../Reason';
import { DeliveryDialog } from './DeliveryDialog';
import { Field } from './Field';

/** A small dialog for an act that needs a reason, and perhaps one thing more. */
export function ReasonDialog(props: {
  title: string;
  subtitle?: string;
  /** What will happen. */
  children: ReactNode;
  /** The full act, on the button. */
  act: string;
  danger?: boolean;
  /** Another field that must be filled, above the reason. */
  extra?: { name: string; hint?: string; placeholder?: string };
  onAct: (
    reason: string,
    extra: string,
    signal: AbortSignal,
  ) => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
}) {
  const { extra } = props;
  const [reason, setReason] = useState('');
  const [value, setValue] = useState('');
  const { pending, error, run } = useAct();
  const ready =
    reason.trim() !== '' && (extra === undefined || value.trim() !== '');
  return (
    <DeliveryDialog
      title={props.title}
      subtitle={props.subtitle}
      width={560}
      dirty={reason !== '' || value !== ''}
      onClose={props.onClose}
      footer={
        <>
          <div style={{ flex: '1 1 180px' }}>
            {!ready && (
              <Reason
                id="delivery-act-reason"
                lead={
                  extra && value.trim() === ''
                    ? `Fill in ${extra.name.toLocaleLowerCase(
                        'en',
                      )} and a reason to go on.`
                    : 'Write a reason to go on.'
                }
              />
            )}
          </div>
          <ActionButton look="text" onPress={props.onClose}>
            Back
          </ActionButton>
          <ActionButton
            look={props.danger ? 'danger' : 'main'}
            blocked={!ready || pending}
            describedBy="delivery-act-reason"
            onPress={async () => {
              const done = await run(signal =>
                props.onAct(reason.trim(), value.trim(), signal),
              );
              if (done) {
                props.onDone();
              }
            }}
          >
            {props.act}
          </ActionButton>
        </>
      }
    >
      <div style={{ padding: '14px 24px' }}>
        {props.children}
        {extra && (
          <Field
            name={extra.name}
            hint={extra.hint}
            placeholder={extra.placeholder}
            value={value}
            onChange={setValue}
            required
          />
        )}
        <Field
          name="Reason"
          hint="(required, shown in the history)"
          value={reason}
          onChange={setReason}
          lines={3}
          required
        />
        {error && (
          <div style={{ marginTop: 12 }}>
            <ErrorNotice error={error} />
          </div>
        )}
      </div>
    </DeliveryDialog>
  );
}
