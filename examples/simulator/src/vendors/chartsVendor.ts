// SPDX-License-Identifier: Apache-2.0
import { startCharts } from '../charts/startCharts';
import { conditionsOf, Vendor } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/** Starts the simulated chart repository. */
export async function chartsVendor(setting: VendorSetting): Promise<Vendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { url, closed, handler } = await startCharts({
    ...config.charts,
    host: config.host,
    dataDir,
    clock,
    signal,
    log,
  });
  return Object.assign(conditionsOf(handler), { url, closed });
}
