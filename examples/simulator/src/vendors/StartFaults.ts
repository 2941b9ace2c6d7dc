// SPDX-License-Identifier: Apache-2.0
import type {
  FakeGate,
  GateFault,
} from 'backstage-plugin-spinnaker-client/testUtils';

/** How Gate meets the requests that start a Spinnaker pipeline. */
export const START_FAULTS = [
  'none',
  'slow',
  'error-before-accepting',
  'error-after-accepting',
  'lose-response',
] as const;

/** How Gate meets the requests that start a Spinnaker pipeline. */
export type StartFault = (typeof START_FAULTS)[number];

const SLOW_MS = 8_000;
const START_PATH = '^/pipelines/(?!start$)[^/]+/[^/]+$';

/** Lets the requests that start a Spinnaker pipeline go wrong. */
export class StartFaults {
  readonly #gate: FakeGate;
  #lasting: StartFault = 'none';

  constructor(gate: FakeGate) {
    this.#gate = gate;
  }

  /** The fault that holds until it is lifted. */
  get lasting(): StartFault {
    return this.#lasting;
  }

  /** Lets the next `times` starts go wrong, or all of them until it is lifted. */
  set(fault: StartFault, times?: number): void {
    this.#gate.clearFaults();
    this.#lasting = times === undefined ? fault : 'none';
    if (fault !== 'none') {
      this.#gate.inject({
        method: 'POST',
        path: START_PATH,
        times,
        effect: effectOf(fault),
      });
    }
  }
}

function effectOf(fault: Exclude<StartFault, 'none'>): GateFault['effect'] {
  switch (fault) {
    case 'slow':
      return { kind: 'slow', ms: SLOW_MS };
    case 'error-before-accepting':
      return { kind: 'status', status: 500, when: 'before' };
    case 'error-after-accepting':
      return { kind: 'status', status: 500, when: 'after' };
    case 'lose-response':
      return { kind: 'reset', when: 'after' };
    default:
      throw new Error(`Unknown fault ${fault}`);
  }
}
