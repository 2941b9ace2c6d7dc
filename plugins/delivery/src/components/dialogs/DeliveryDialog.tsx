// SPDX-License-Identifier: Apache-2.0
import Close from '@mui/icons-material/Close';
import Dialog from '@mui/material/Dialog';
import { styled, useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useCallback, useId, useRef, useState, type ReactNode } from 'react';
import { DeliveryRoot } from '../../theme/DeliveryRoot';
import { ActionButton } from '../ActionButton';
import { Alert } from '../Alert';
import { Subtle } from '../Subtle';

const Root = styled(DeliveryRoot)({
  display: 'flex',
  flexDirection: 'column',
  minHeight: 0,
  flex: 1,
});

const Head = styled('div')({
  padding: '16px 24px 12px',
  borderBottom: '1px solid var(--dlv-border)',
  display: 'flex',
  gap: 16,
  alignItems: 'flex-start',
  '& h2': { fontSize: 20, lineHeight: '26px', margin: 0 },
  '& h2:focus': { outline: 'none' },
  '& > div': { flex: 1, minWidth: 0 },
});

const Body = styled('div')({ overflow: 'auto', minHeight: 0, flex: 1 });

const Foot = styled('div')({
  padding: '12px 24px',
  borderTop: '1px solid var(--dlv-border)',
  display: 'flex',
  flexWrap: 'wrap',
  gap: 12,
  alignItems: 'center',
});

/** Dialogs up to this width fit beside something on a small window; pixels. */
const NARROW = 700;

/**
 * The frame of every dialog: named by its title, on which the focus starts;
 * Escape closes it, and asks first when something was typed.
 */
export function DeliveryDialog(props: {
  title: string;
  subtitle?: string;
  width: number;
  /** Something was typed that would be lost. */
  dirty: boolean;
  onClose: () => void;
  /** Stands above the body and never scrolls away. */
  notice?: ReactNode;
  children: ReactNode;
  footer: ReactNode;
}) {
  const { dirty, onClose } = props;
  const id = useId();
  const title = useRef<HTMLHeadingElement>();
  // the title appears later than this component, inside MUI's portal
  const titleRef = useCallback((element: HTMLHeadingElement | null) => {
    title.current = element ?? undefined;
    element?.focus();
  }, []);
  const [asking, setAsking] = useState(false);
  const theme = useTheme();
  const fullScreen = useMediaQuery(
    theme.breakpoints.down(props.width > NARROW ? 'md' : 'sm'),
  );
  const close = () => {
    if (dirty && !asking) {
      setAsking(true);
    } else {
      onClose();
    }
  };
  return (
    <Dialog
      open
      onClose={close}
      aria-labelledby={id}
      fullScreen={fullScreen}
      maxWidth={false}
      PaperProps={{
        'aria-modal': true,
        sx: {
          width: fullScreen ? '100%' : props.width,
          maxWidth: '100%',
          borderRadius: fullScreen ? 0 : '6px',
        },
      }}
    >
      <Root>
        <Head>
          <div>
            <h2 id={id} ref={titleRef} tabIndex={-1}>
              {props.title}
            </h2>
            {props.subtitle && (
              <Subtle style={{ fontSize: 12 }}>{props.subtitle}</Subtle>
            )}
          </div>
          <ActionButton small look="text" onPress={close}>
            <Close aria-hidden style={{ fontSize: 16 }} /> Close
          </ActionButton>
        </Head>
        {asking && (
          <Alert
            tone="warn"
            urgent
            title="Close and lose what you wrote?"
            actions={
              <>
                <ActionButton small onPress={onClose}>
                  Close without it
                </ActionButton>
                <ActionButton
                  small
                  onPress={() => {
                    setAsking(false);
                    title.current?.focus();
                  }}
                >
                  Go on writing
                </ActionButton>
              </>
            }
          />
        )}
        {props.notice}
        <Body>{props.children}</Body>
        <Foot>{props.footer}</Foot>
      </Root>
    </Dialog>
  );
}
