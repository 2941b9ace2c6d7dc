// SPDX-License-Identifier: Apache-2.0
import type { VendorFault } from './FaultyHandler';
import type { ServedAddress } from './serveFetch';

/** A simulated vendor that listens and can be told to misbehave. */
export interface RunningVendor extends ServedAddress {
  readonly fault: VendorFault;
  /** Misbehaves in this way until told otherwise. */
  setFault(fault: VendorFault): void;
}
