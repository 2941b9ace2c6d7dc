// SPDX-License-Identifier: Apache-2.0
import type { GateVerdict } from 'backstage-plugin-delivery-common';
import type { Looks } from './Looks';

/** How a Verdict's status is written and drawn. */
export const VERDICTS: Record<GateVerdict['status'], Looks> = {
  pass: { label: 'Pass', tone: 'ok', icon: 'check' },
  wait: { label: 'Wait', tone: 'warn', icon: 'clock' },
  fail: { label: 'Fail', tone: 'bad', icon: 'cancel' },
  unknown: { label: 'Unknown', tone: 'unknown', icon: 'help' },
};
