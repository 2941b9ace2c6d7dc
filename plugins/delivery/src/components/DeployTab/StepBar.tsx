// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { StepView } from '../../view/stepBar';
import { Icon } from '../Icon';

const COLOURS: Record<StepView['state'], string> = {
  done: 'var(--dlv-ok-line)',
  current: 'var(--dlv-run-line)',
  failed: 'var(--dlv-bad-line)',
  attention: 'var(--dlv-warn-line)',
  ahead: 'var(--dlv-unknown-line)',
};

/** The line into a step: the one into the current step was passed already. */
const LINES: Record<StepView['state'], string> = {
  ...COLOURS,
  current: COLOURS.done,
  ahead: 'var(--dlv-border)',
};

const Bar = styled('ol')({ display: 'flex', margin: '12px 0 8px !important' });

const Step = styled('li', { shouldForwardProp: prop => prop !== 'state' })<{
  state: StepView['state'];
}>(({ state }) => ({
  flex: 1,
  textAlign: 'center',
  fontSize: 12,
  lineHeight: '16px',
  position: 'relative',
  color: 'var(--dlv-subtle)',
  '& b': {
    display: 'block',
    color: state === 'ahead' ? 'var(--dlv-subtle)' : 'var(--dlv-text)',
    fontWeight: state === 'ahead' ? 400 : 700,
  },
  '&:not(:first-of-type)::before': {
    content: '""',
    position: 'absolute',
    top: 10,
    left: 'calc(-50% + 15px)',
    width: 'calc(100% - 30px)',
    height: 2,
    background: LINES[state],
  },
  '& > .mark': {
    position: 'relative',
    display: 'inline-grid',
    placeItems: 'center',
    width: 30,
    height: 22,
    color: COLOURS[state],
  },
}));

/** The phases of a Promotion as steps. */
export function StepBar(props: { steps: readonly StepView[] }) {
  return (
    <Bar aria-label="Phases of the promotion">
      {props.steps.map(step => (
        <Step
          key={step.label}
          state={step.state}
          aria-current={
            step.state === 'ahead' || step.state === 'done' ? undefined : 'step'
          }
        >
          <span className="mark">
            <Icon name={step.icon} size={18} turning={step.icon === 'sync'} />
          </span>
          <b>{step.label}</b>
          {step.note ?? '\u00a0'}
        </Step>
      ))}
    </Bar>
  );
}
