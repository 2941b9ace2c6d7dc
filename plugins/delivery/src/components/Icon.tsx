// SPDX-License-Identifier: Apache-2.0
import ArrowForward from '@mui/icons-material/ArrowForward';
import Cancel from '@mui/icons-material/Cancel';
import CheckCircle from '@mui/icons-material/CheckCircle';
import ChevronRight from '@mui/icons-material/ChevronRight';
import CloudOff from '@mui/icons-material/CloudOffOutlined';
import Code from '@mui/icons-material/Code';
import CompareArrows from '@mui/icons-material/CompareArrows';
import ErrorIcon from '@mui/icons-material/Error';
import Help from '@mui/icons-material/Help';
import History from '@mui/icons-material/History';
import Info from '@mui/icons-material/Info';
import Layers from '@mui/icons-material/Layers';
import LocalShipping from '@mui/icons-material/LocalShipping';
import Lock from '@mui/icons-material/Lock';
import LockOpen from '@mui/icons-material/LockOpen';
import MoreVert from '@mui/icons-material/MoreVert';
import Person from '@mui/icons-material/Person';
import PlayArrow from '@mui/icons-material/PlayArrow';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Remove from '@mui/icons-material/Remove';
import Schedule from '@mui/icons-material/Schedule';
import Sync from '@mui/icons-material/Sync';
import Tune from '@mui/icons-material/Tune';
import Visibility from '@mui/icons-material/Visibility';
import Warning from '@mui/icons-material/Warning';
import { keyframes, styled } from '@mui/material/styles';
import type { ComponentType } from 'react';
import type { IconName } from '../view/IconName';
import type { Tone } from '../view/Tone';

const ICONS: Record<
  IconName,
  ComponentType<{ style?: object; className?: string }>
> = {
  ahead: ArrowForward,
  cancel: Cancel,
  check: CheckCircle,
  clock: Schedule,
  'cloud-off': CloudOff,
  code: Code,
  compare: CompareArrows,
  dash: Remove,
  empty: RadioButtonUnchecked,
  error: ErrorIcon,
  eye: Visibility,
  help: Help,
  history: History,
  info: Info,
  layers: Layers,
  lock: Lock,
  'lock-open': LockOpen,
  more: MoreVert,
  open: ChevronRight,
  person: Person,
  play: PlayArrow,
  sync: Sync,
  truck: LocalShipping,
  tune: Tune,
  warning: Warning,
};

const turn = keyframes`to { transform: rotate(-360deg); }`;

const Frame = styled('span', {
  shouldForwardProp: prop => prop !== 'turning' && prop !== 'tone',
})<{ turning: boolean; tone?: Tone }>(({ turning, tone }) => ({
  display: 'inline-flex',
  flex: 'none',
  verticalAlign: -3,
  color: tone ? `var(--dlv-${tone})` : 'inherit',
  ...(turning ? { animation: `${turn} 2s linear infinite` } : {}),
}));

/** An icon beside a word; the word carries the meaning. */
export function Icon(props: {
  name: IconName;
  size?: number;
  tone?: Tone;
  /** Whether it turns, because something runs. */
  turning?: boolean;
}) {
  const Drawn = ICONS[props.name];
  return (
    <Frame aria-hidden turning={props.turning ?? false} tone={props.tone}>
      <Drawn style={{ fontSize: props.size ?? 15 }} />
    </Frame>
  );
}
