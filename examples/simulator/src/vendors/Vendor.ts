// SPDX-License-Identifier: Apache-2.0
import type { FaultyHandler, VendorFault } from '../http/FaultyHandler';

/** How a vendor can be met. */
export const VENDOR_CONDITIONS = [
  'normal',
  'slow',
  'error',
  'silent',
  'down',
] as const;

/**
 * How a vendor can be met: as it should be; slow; answering errors; accepting connections
 * and saying nothing; or not reachable at all.
 */
export type VendorCondition = (typeof VENDOR_CONDITIONS)[number];

/** A simulated vendor that runs. */
export interface Vendor {
  url: string;
  /** Resolves once its port is free again. */
  closed: Promise<void>;
  /** The conditions it can be put into. */
  conditions: readonly VendorCondition[];
  readonly condition: VendorCondition;
  setCondition(condition: VendorCondition): Promise<void>;
}

const SLOW_MS = 5_000;

/** The conditions of a vendor whose faults are those of {@link FaultyHandler}. */
export function conditionsOf(
  handler: Pick<FaultyHandler, 'fault' | 'setFault'>,
): Pick<Vendor, 'conditions' | 'condition' | 'setCondition'> {
  return {
    conditions: ['normal', 'slow', 'error', 'down'],
    get condition() {
      const { kind } = handler.fault;
      return kind === 'none' ? 'normal' : kind;
    },
    async setCondition(condition) {
      handler.setFault(faultOf(condition));
    },
  };
}

function faultOf(condition: VendorCondition): VendorFault {
  switch (condition) {
    case 'slow':
      return { kind: 'slow', milliseconds: SLOW_MS };
    case 'error':
      return { kind: 'error', status: 503 };
    case 'down':
    case 'silent':
      return { kind: 'down' };
    default:
      return { kind: 'none' };
  }
}
