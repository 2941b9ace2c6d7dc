// SPDX-License-Identifier: Apache-2.0
import {
  decisionSchema,
  type Decision,
  type GateVerdict,
} from 'backstage-plugin-delivery-common';
import { NOW } from './instants';

type Given = Partial<GateVerdict> & { gate: string; reason: string };

/** A Verdict that passes, with what differs. */
export function verdict(given: Given): GateVerdict {
  return {
    type: given.gate,
    title: given.gate,
    status: 'pass',
    ...given,
  };
}

/** The Gates that pass wherever they are asked. */
export const PASSING: GateVerdict[] = [
  verdict({
    gate: 'evidence',
    title: 'Tests',
    reason: 'unit 410 of 410, image 18 of 18',
  }),
  verdict({
    gate: 'scan',
    title: 'Image scan',
    reason: '0 critical, 0 high, 4 medium',
  }),
  verdict({
    gate: 'upstream',
    title: 'Verified upstream',
    reason: 'digests match',
  }),
  verdict({
    gate: 'health',
    title: 'Target healthy',
    reason: '4 of 4 pods ready',
  }),
];

/** A Decision from its Verdicts: `stop` when one fails, `wait` when one does not pass. */
export function decision(verdicts: GateVerdict[]): Decision {
  return decisionSchema.parse({
    outcome: outcomeOf(verdicts),
    reason:
      verdicts.find(({ status }) => status !== 'pass')?.reason ?? 'All pass',
    verdicts,
    decidedAt: NOW,
  });
}

function outcomeOf(verdicts: GateVerdict[]): Decision['outcome'] {
  if (verdicts.some(({ status }) => status === 'fail')) {
    return 'stop';
  }
  return verdicts.every(({ status }) => status === 'pass') ? 'proceed' : 'wait';
}
