// SPDX-License-Identifier: Apache-2.0
import {
  isFinal,
  type Phase,
  type Promotion,
} from 'backstage-plugin-delivery-common';
import { formatStep } from './formatStep';
import type { IconName } from './IconName';
import { PHASES } from './PHASES';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';

/** One step of the bar. */
export type StepView = {
  label: string;
  state: 'done' | 'current' | 'failed' | 'attention' | 'ahead';
  icon: IconName;
  tone: Tone;
  note?: string;
};

const LINE: readonly Phase[] = [
  'waiting',
  'starting',
  'running',
  'verifying',
  'succeeded',
];

/** The phases of a Promotion as steps; the one it is in, or ended in, is current. */
export function stepBar(
  promotion: Pick<
    Promotion,
    'phase' | 'createdAt' | 'updatedAt' | 'progress'
  > & {
    phases?: readonly { phase: Phase; at: string }[];
  },
  clock: ViewClock,
): StepView[] {
  const { phase } = promotion;
  const entered = new Map<Phase, string>([
    ['waiting', promotion.createdAt],
    ...(promotion.phases ?? []).map(
      each => [each.phase, each.at] satisfies [Phase, string],
    ),
  ]);
  if (isFinal(phase) || phase === 'needs-attention') {
    entered.set(phase, entered.get(phase) ?? promotion.updatedAt);
  }
  return lineOf(phase, entered).map(step => {
    const at = entered.get(step);
    return {
      label: PHASES[step].label,
      ...stateOf(step, { phase, entered: at !== undefined }),
      note: noteOf(step, { promotion, at, clock }),
    };
  });
}

function lineOf(phase: Phase, entered: ReadonlyMap<Phase, string>): Phase[] {
  const position = LINE.indexOf(phase);
  if (position >= 0) {
    return [...LINE];
  }
  const reached = LINE.filter(each => entered.has(each));
  return phase === 'needs-attention'
    ? [...reached, phase, ...LINE.slice(Math.max(2, reached.length))]
    : [...reached, phase];
}

function stateOf(
  step: Phase,
  { phase, entered }: { phase: Phase; entered: boolean },
): Pick<StepView, 'state' | 'icon' | 'tone'> {
  if (step === 'needs-attention') {
    return { state: 'attention', icon: 'warning', tone: 'warn' };
  }
  if (step === phase && step !== 'succeeded') {
    return isFinal(step)
      ? { state: 'failed', icon: PHASES[step].icon, tone: PHASES[step].tone }
      : { state: 'current', icon: PHASES[step].icon, tone: 'run' };
  }
  const position = LINE.indexOf(phase);
  const passed = position >= 0 ? LINE.indexOf(step) <= position : entered;
  return passed
    ? { state: 'done', icon: 'check', tone: 'ok' }
    : { state: 'ahead', icon: 'empty', tone: 'unknown' };
}

function noteOf(
  step: Phase,
  options: {
    promotion: Pick<Promotion, 'phase' | 'progress'>;
    at: string | undefined;
    clock: ViewClock;
  },
): string | undefined {
  const { promotion, at, clock } = options;
  const { ready, desired } = promotion.progress ?? {};
  if (
    step === promotion.phase &&
    ready !== undefined &&
    desired !== undefined
  ) {
    return `${ready} of ${desired} pods`;
  }
  if (!at) {
    return undefined;
  }
  const time = formatStep(at, clock);
  return step === 'needs-attention' ? `since ${time}` : time;
}
