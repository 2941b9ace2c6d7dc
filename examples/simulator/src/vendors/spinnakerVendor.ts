// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { FakeGate } from 'backstage-plugin-spinnaker-client/testUtils';
import type { SimulatorConfig } from '../config';
import { type ClusterAccount, startGate } from '../gate';
import { StartFaults } from './StartFaults';
import { conditionsOf, Vendor } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/** The simulated Spinnaker, and what the control changes in it. */
export interface SpinnakerVendor extends Vendor {
  gate: FakeGate;
  starts: StartFaults;
}

/** Starts the simulated Spinnaker. */
export async function spinnakerVendor(
  setting: VendorSetting,
  others: { chartsUrl?: string; cluster?: { url: string; token: string } },
): Promise<SpinnakerVendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { port, token, claim, chartRepositoryUrl } = config.spinnaker;
  const charts = chartRepositoryUrl ?? others.chartsUrl;
  if (!charts) {
    throw new InputError(
      'Invalid configuration: simulator.spinnaker.chartRepositoryUrl is needed, because no chart repository is simulated',
    );
  }
  const { url, closed, handler, gate } = await startGate({
    port,
    token,
    claim,
    chartRepositoryUrl: charts,
    gitLogin: gitLoginOf(config),
    accounts: accountsOf(config, others.cluster),
    host: config.host,
    dataDir,
    clock,
    signal,
    log,
  });
  return Object.assign(conditionsOf(handler), {
    url,
    closed,
    gate,
    starts: new StartFaults(gate),
  });
}

/** Into the simulated GitHub, where it has accounts. */
function gitLoginOf(config: SimulatorConfig) {
  const [account] = config.github.accounts;
  return account && { user: account.login, password: account.token };
}

function accountsOf(
  config: SimulatorConfig,
  cluster: { url: string; token: string } | undefined,
): ClusterAccount[] {
  return config.spinnaker.accounts.map(({ name, url, token }) => {
    const account = {
      url: url ?? cluster?.url,
      token: token ?? cluster?.token,
    };
    if (!account.url || !account.token) {
      throw new InputError(
        `Invalid configuration: the account '${name}' under simulator.spinnaker.accounts needs url and token, because no cluster is simulated`,
      );
    }
    return { name, url: account.url, token: account.token };
  });
}
