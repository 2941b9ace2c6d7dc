// SPDX-License-Identifier: Apache-2.0
import { startGithub } from '../github/startGithub';
import type { RepositoryVendor } from './RepositoryVendor';
import { conditionsOf } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/** Starts the simulated GitHub; the given Jenkins hears of every push. */
export async function githubVendor(
  setting: VendorSetting,
  jenkinsUrl: string | undefined,
): Promise<RepositoryVendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { port, accounts, organisations, webhooks } = config.github;
  const { url, closed, handler, repositories } = await startGithub({
    port,
    accounts,
    organisations,
    webhooks: [
      ...(jenkinsUrl ? [`${jenkinsUrl}/github-webhook/`] : []),
      ...webhooks,
    ],
    host: config.host,
    dataDir,
    clock,
    signal,
    log,
  });
  return Object.assign(conditionsOf(handler), { url, closed, repositories });
}
