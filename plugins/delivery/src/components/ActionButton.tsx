// SPDX-License-Identifier: Apache-2.0
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import { forwardRef, type MouseEvent, type ReactNode } from 'react';

/** How a button looks, which says what it does. */
export type ActionLook =
  | 'main'
  | 'outlined'
  | 'text'
  | 'danger'
  | 'in-flight'
  | 'done';

const LOOKS: Record<ActionLook, object> = {
  main: {
    background: 'var(--dlv-primary)',
    color: 'var(--dlv-on-primary)',
    '&:hover': { filter: 'brightness(.94)' },
  },
  outlined: {
    borderColor: 'var(--dlv-line)',
    color: 'var(--dlv-text)',
    background: 'var(--dlv-paper)',
    '&:hover': { background: 'var(--dlv-soft)' },
  },
  text: { color: 'var(--dlv-link)' },
  danger: {
    background: '#A80F1F',
    color: '#FFFFFF',
    '&:hover': { background: '#8B0C19' },
  },
  'in-flight': {
    background: 'var(--dlv-run-tint)',
    color: 'var(--dlv-run)',
    borderColor: 'var(--dlv-run-line)',
    cursor: 'default',
  },
  done: {
    color: 'var(--dlv-ok)',
    borderColor: 'var(--dlv-border)',
    cursor: 'default',
  },
};

const BLOCKED = {
  background: 'var(--dlv-disabled)',
  color: 'var(--dlv-on-disabled)',
  borderColor: 'transparent',
  cursor: 'not-allowed',
};

const Frame = styled(ButtonBase, {
  shouldForwardProp: prop =>
    prop !== 'look' && prop !== 'small' && prop !== 'wide' && prop !== 'shut',
})<{ look: ActionLook; small: boolean; wide: boolean; shut: boolean }>(
  ({ look, small, wide, shut }) => ({
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: 6,
    borderRadius: 4,
    border: '1px solid transparent',
    fontFamily: 'inherit',
    fontWeight: 700,
    fontSize: small ? 12 : 13,
    lineHeight: '18px',
    padding: small ? '4px 10px' : '7px 14px',
    whiteSpace: 'nowrap',
    ...(wide ? { width: '100%' } : {}),
    ...LOOKS[look],
    ...(shut ? BLOCKED : {}),
    '&.Mui-focusVisible': {
      outline: '2px solid var(--dlv-link)',
      outlineOffset: 2,
    },
  }),
);

/**
 * A button that never goes away.
 *
 * @remarks
 * One that cannot be pressed stays in the tab order with `aria-disabled` and
 * points to its reason, so that everybody can find out why.
 */
export const ActionButton = forwardRef<
  HTMLButtonElement,
  {
    children: ReactNode;
    look?: ActionLook;
    small?: boolean;
    wide?: boolean;
    /** It is shown and explained, but does nothing. */
    blocked?: boolean;
    describedBy?: string;
    onPress?: (event: MouseEvent<HTMLButtonElement>) => void;
    label?: string;
    /** A menu follows. */
    popup?: boolean;
    className?: string;
  }
>((props, ref) => {
  const { look = 'outlined', blocked = false } = props;
  const idle = blocked || look === 'in-flight' || look === 'done';
  return (
    <Frame
      ref={ref}
      className={props.className}
      disableRipple
      look={look}
      small={props.small ?? false}
      wide={props.wide ?? false}
      shut={blocked}
      aria-label={props.label}
      aria-haspopup={props.popup ? 'menu' : undefined}
      aria-disabled={idle || undefined}
      aria-describedby={props.describedBy}
      onClick={event => {
        if (!idle) {
          props.onPress?.(event);
        }
      }}
    >
      {props.children}
    </Frame>
  );
});
ActionButton.displayName = 'ActionButton';
