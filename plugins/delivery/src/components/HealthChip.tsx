// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { Looks } from '../view/Looks';
import { Icon } from './Icon';

const Chip = styled('span', { shouldForwardProp: prop => prop !== 'tone' })<{
  tone: Looks['tone'];
}>(({ tone }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  borderRadius: 11,
  padding: '0 8px 0 5px',
  lineHeight: '21px',
  fontSize: 12,
  fontWeight: 700,
  whiteSpace: 'nowrap',
  background: `var(--dlv-${tone}-tint)`,
  color: `var(--dlv-${tone})`,
}));

/** A state as icon, word and colour. */
export function HealthChip(props: Looks) {
  return (
    <Chip tone={props.tone}>
      <Icon name={props.icon} size={14} turning={props.icon === 'sync'} />
      {props.label}
    </Chip>
  );
}
