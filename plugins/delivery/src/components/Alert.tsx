// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { IconName } from '../view/IconName';
import type { Tone } from '../view/Tone';
import { Icon } from './Icon';

const Frame = styled('div', { shouldForwardProp: prop => prop !== 'tone' })<{
  tone: Tone;
}>(({ tone }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 10,
  padding: '10px 14px',
  borderRadius: 4,
  lineHeight: '18px',
  alignItems: 'flex-start',
  background: `var(--dlv-${tone}-tint)`,
  color: `var(--dlv-${tone})`,
  '& b': { display: 'block' },
}));

const ICONS: Record<Tone, IconName> = {
  ok: 'check',
  bad: 'error',
  warn: 'warning',
  run: 'info',
  unknown: 'cloud-off',
  override: 'lock-open',
};

/** A notice in its colour: what, bold, then the rest, then what can be done. */
export function Alert(props: {
  tone: Tone;
  title: string;
  /** Announced at once. */
  urgent?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <Frame
      tone={props.tone}
      className={props.className}
      role={props.urgent ? 'alert' : undefined}
    >
      <Icon name={ICONS[props.tone]} size={18} />
      <div style={{ flex: '1 1 240px', minWidth: 0 }}>
        <b>{props.title}</b>
        {props.children}
      </div>
      {props.actions && (
        <div style={{ display: 'flex', gap: 8, flex: 'none' }}>
          {props.actions}
        </div>
      )}
    </Frame>
  );
}
