// SPDX-License-Identifier: Apache-2.0
import { startAzure } from '../azure/startAzure';
import type { RepositoryHostName } from '../config';
import { startBitbucketCloud } from '../bitbucketCloud/startBitbucketCloud';
import { startBitbucketServer } from '../bitbucketServer/startBitbucketServer';
import type { RunningForge, StartForgeOptions } from '../forge/startForge';
import { startGitea } from '../gitea/startGitea';
import { startGithub } from '../github/startGithub';
import { startGitlab } from '../gitlab/startGitlab';
import type { RepositoryVendor } from './RepositoryVendor';
import { conditionsOf } from './Vendor';
import type { VendorSetting } from './VendorSetting';

const START: Record<
  RepositoryHostName,
  (options: StartForgeOptions) => Promise<RunningForge>
> = {
  github: startGithub,
  gitlab: startGitlab,
  gitea: startGitea,
  azure: startAzure,
  bitbucketServer: startBitbucketServer,
  bitbucketCloud: startBitbucketCloud,
};

/**
 * Starts a simulated host of repositories; the given Jenkins hears of every push.
 *
 * @remarks
 * Jenkins has a plugin of its own for the webhooks of GitHub. Those of the others go to
 * `git/notifyCommit`, which its Git plugin answers by looking for changes at once.
 */
export async function startRepositoryVendor(
  name: RepositoryHostName,
  setting: VendorSetting,
  others: { jenkinsUrl?: string },
): Promise<RepositoryVendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { webhooks, ...own } = config[name];
  const jenkins = (url: string, gitUrl: string) =>
    name === 'github'
      ? `${url}/github-webhook/`
      : `${url}/git/notifyCommit?url=${encodeURIComponent(gitUrl)}`;
  const { url, closed, handler, repositories } = await START[name]({
    ...own,
    webhooks: gitUrl => [
      ...(others.jenkinsUrl ? [jenkins(others.jenkinsUrl, gitUrl)] : []),
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
