// SPDX-License-Identifier: Apache-2.0
import type { GithubRepositories } from '../github/GithubRepositories';
import { startGithub } from '../github/startGithub';
import { conditionsOf, Vendor } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/** The simulated GitHub, and what the control changes in it. */
export interface GithubVendor extends Vendor {
  repositories: GithubRepositories;
}

/** Starts the simulated GitHub; the given Jenkins hears of every push. */
export async function githubVendor(
  setting: VendorSetting,
  jenkinsUrl: string | undefined,
): Promise<GithubVendor> {
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
