// SPDX-License-Identifier: Apache-2.0
import type { AdjustableClock } from '../clock';
import type { SimulatorConfig } from '../config';

/** What every vendor is started with. */
export interface VendorSetting {
  config: SimulatorConfig;
  /** The vendor's own folder. */
  dataDir: string;
  clock: AdjustableClock;
  signal: AbortSignal;
  log: (message: string) => void;
}
