// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AdjustableClock } from './clock';
import {
  REPOSITORY_HOSTS,
  type SimulatorConfig,
  type VendorName,
} from './config';
import type { RunningVendors } from './control/ControlContext';
import { SimulatorControl } from './control/SimulatorControl';
import { Journal } from './Journal';
import { chartsVendor } from './vendors/chartsVendor';
import { jenkinsVendor } from './vendors/jenkinsVendor';
import { kubernetesVendor } from './vendors/kubernetesVendor';
import { spinnakerVendor } from './vendors/spinnakerVendor';
import { startRepositoryVendor } from './vendors/startRepositoryVendor';
import type { VendorSetting } from './vendors/VendorSetting';

/** Options of {@link startSimulator}. */
export interface StartSimulatorOptions {
  config: SimulatorConfig;
  clock: AdjustableClock;
  /** Stops every vendor. */
  signal: AbortSignal;
  log: (where: VendorName, message: string) => void;
}

/** The simulated vendors, up and running. */
export interface RunningSimulator {
  control: SimulatorControl;
  /** Where each vendor that is simulated listens. */
  urls: Partial<Record<VendorName, string>>;
  /** Resolves once every port is free again, after the signal was aborted. */
  stopped: Promise<void>;
}

/**
 * Starts the vendors that the configuration lists, each on its own loopback port, with
 * their state in the data folder.
 *
 * @remarks
 * When one cannot start, those before it are stopped again and the reason is thrown.
 */
export async function startSimulator(
  options: StartSimulatorOptions,
): Promise<RunningSimulator> {
  const { config, clock, log } = options;
  const dataDir = resolve(config.dataDir);
  mkdirSync(dataDir, { recursive: true });
  clock.keepIn(resolve(dataDir, 'clock.json'));

  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const journal = new Journal(clock);
  const vendors: RunningVendors = {};
  const setting = (vendor: VendorName): VendorSetting => ({
    config,
    dataDir: resolve(dataDir, vendor),
    clock,
    signal,
    log: message => {
      journal.add(vendor, message);
      log(vendor, message);
    },
  });
  const wanted = (vendor: VendorName) => config.vendors.includes(vendor);
  const deployToken = randomBytes(24).toString('hex');

  try {
    if (wanted('charts')) {
      vendors.charts = await chartsVendor(setting('charts'));
    }
    if (wanted('kubernetes')) {
      vendors.kubernetes = await kubernetesVendor(
        setting('kubernetes'),
        deployToken,
      );
    }
    if (wanted('spinnaker')) {
      const { kubernetes } = vendors;
      vendors.spinnaker = await spinnakerVendor(setting('spinnaker'), {
        chartsUrl: vendors.charts?.url,
        cluster: kubernetes && { url: kubernetes.url, token: deployToken },
      });
    }
    if (wanted('jenkins')) {
      vendors.jenkins = await jenkinsVendor(setting('jenkins'), {
        chartsUrl: vendors.charts?.url,
        spinnakerUrl: vendors.spinnaker?.url,
      });
    }
    for (const host of REPOSITORY_HOSTS.filter(wanted)) {
      vendors[host] = await startRepositoryVendor(host, setting(host), {
        jenkinsUrl: vendors.jenkins?.url,
      });
    }
  } catch (error) {
    failed.abort();
    throw error;
  }

  const started = Object.entries(vendors);
  return {
    control: new SimulatorControl({ clock, journal, config, vendors }),
    urls: Object.fromEntries(started.map(([name, { url }]) => [name, url])),
    stopped: Promise.all(started.map(([, { closed }]) => closed)).then(
      () => {},
    ),
  };
}
