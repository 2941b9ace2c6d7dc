// SPDX-License-Identifier: Apache-2.0
import { startGitlab } from '../gitlab/startGitlab';
import type { RepositoryVendor } from './RepositoryVendor';
import { conditionsOf } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/**
 * Starts the simulated GitLab.
 *
 * @remarks
 * Each project has a webhook to `git/notifyCommit` of the given Jenkins, which its Git plugin
 * answers by looking for changes at once.
 */
export async function gitlabVendor(
  setting: VendorSetting,
  jenkinsUrl: string | undefined,
): Promise<RepositoryVendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { port, accounts, groups } = config.gitlab;
  const { url, closed, handler, repositories } = await startGitlab({
    port,
    accounts,
    groups,
    ...(jenkinsUrl
      ? {
          webhook: (gitUrl: string) =>
            `${jenkinsUrl}/git/notifyCommit?url=${encodeURIComponent(gitUrl)}`,
        }
      : {}),
    host: config.host,
    dataDir,
    clock,
    signal,
    log,
  });
  return Object.assign(conditionsOf(handler), { url, closed, repositories });
}
