// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactNode } from 'react';
import { useAct } from '../../hooks/useAct';
import { ErrorNotice } from '../ErrorNotice';
import { ActFooter } from './ActFooter';
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
  /** What must be chosen first; the act is blocked until it is. */
  missing?: string;
  /** Something besides the reason was chosen or typed. */
  touched?: boolean;
  /** A reason may be left out. */
  optional?: boolean;
  /** Further fields, below the reason. */
  below?: ReactNode;
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
  const lacking = lackingOf({
    missing: props.missing,
    extra: value.trim() === '' ? extra?.name : undefined,
    reason: reason.trim() === '' && !props.optional,
  });
  return (
    <DeliveryDialog
      title={props.title}
      subtitle={props.subtitle}
      width={560}
      dirty={reason !== '' || value !== '' || props.touched === true}
      onClose={props.onClose}
      footer={
        <ActFooter
          act={{
            label: props.act,
            blocked: lacking !== undefined,
            lead: lacking,
          }}
          back="Back"
          danger={props.danger}
          pending={pending}
          onClose={props.onClose}
          onAct={async () => {
            const done = await run(signal =>
              props.onAct(reason.trim(), value.trim(), signal),
            );
            if (done) {
              props.onDone();
            }
          }}
        />
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
          hint={
            props.optional
              ? '(optional, shown in the history)'
              : '(required, shown in the history)'
          }
          value={reason}
          onChange={setReason}
          lines={3}
          required={!props.optional}
        />
        {props.below}
        {error && (
          <div style={{ marginTop: 12 }}>
            <ErrorNotice error={error} />
          </div>
        )}
      </div>
    </DeliveryDialog>
  );
}

function lackingOf(options: {
  missing: string | undefined;
  extra: string | undefined;
  reason: boolean;
}): string | undefined {
  if (options.missing) {
    return options.missing;
  }
  if (options.extra) {
    const name = options.extra.toLocaleLowerCase('en');
    return `Fill in ${name} and a reason to go on.`;
  }
  return options.reason ? 'Write a reason to go on.' : undefined;
}
