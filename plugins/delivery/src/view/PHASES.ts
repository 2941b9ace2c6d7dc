// SPDX-License-Identifier: Apache-2.0
import type { Phase } from 'backstage-plugin-delivery-common';
import type { Looks } from './Looks';

/** How a phase is written and drawn. */
export const PHASES: Record<Phase, Looks> = {
  waiting: { label: 'waiting', tone: 'warn', icon: 'clock' },
  starting: { label: 'starting', tone: 'run', icon: 'sync' },
  running: { label: 'running', tone: 'run', icon: 'sync' },
  verifying: { label: 'verifying', tone: 'run', icon: 'sync' },
  succeeded: { label: 'succeeded', tone: 'ok', icon: 'check' },
  rejected: { label: 'rejected', tone: 'bad', icon: 'cancel' },
  failed: { label: 'failed', tone: 'bad', icon: 'cancel' },
  cancelled: { label: 'cancelled', tone: 'unknown', icon: 'dash' },
  superseded: { label: 'superseded', tone: 'unknown', icon: 'dash' },
  expired: { label: 'expired', tone: 'unknown', icon: 'dash' },
  'needs-attention': {
    label: 'needs attention',
    tone: 'warn',
    icon: 'warning',
  },
};
