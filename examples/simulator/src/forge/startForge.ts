// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { SimulatorClock } from '../clock';
import {
  serveVendor,
  type ServedVendor,
  type VendorHandler,
} from '../http/serveVendor';
import { createForgeHandler } from './createForgeHandler';
import { gitPathOf, type Forge, type ForgeContext } from './Forge';
import { ForgeAccounts, type ForgeAccount } from './ForgeAccounts';
import { ForgeRepositories, type Push } from './ForgeRepositories';
import { tellWebhooks } from './tellWebhooks';

/** Options of {@link startForge}. */
export interface StartForgeOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  host?: string;
  /** Where the repositories are kept. */
  dataDir: string;
  clock: SimulatorClock;
  /** Who may push and use the REST API. */
  accounts: readonly ForgeAccount[];
  /** Which organisations or groups there are; every name is one when absent. */
  organisations?: readonly string[];
  /** Who is told of every push to a repository, by its clone address. */
  webhooks?: (gitUrl: string) => readonly string[];
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated host of repositories. */
export interface RunningForge extends ServedVendor<VendorHandler> {
  repositories: ForgeRepositories;
}

/**
 * Starts a simulated host of repositories: the REST API of a product, and Git over smart HTTP.
 *
 * @param options.product - its name, under which it keeps what it knows of a repository
 */
export async function startForge(
  options: StartForgeOptions & { product: string },
  createForge: (context: ForgeContext) => Forge,
): Promise<RunningForge> {
  const { product, port, host, dataDir, clock, signal, log } = options;
  const { webhooks = () => [] } = options;
  const repositories = ForgeRepositories.open({
    root: join(dataDir, 'repositories'),
    clock,
    recordFile: `${product}.json`,
  });
  const accounts = new ForgeAccounts(options.accounts, options.organisations);
  const served = await serveVendor({ port, host, signal }, url => {
    const context = { repositories, accounts, url, clock };
    const forge = createForge(context);
    const announce = async (push: Push) => {
      const { owner, name } = push.repository.record.value;
      log(`${push.pusher} pushed ${push.branch} of ${owner}/${name}`);
      const { body, calls } = await forge.announce(
        push,
        webhooks(`${forge.web ?? url}${gitPathOf(forge, { owner, name })}`),
      );
      await tellWebhooks(calls, { body, signal, log });
    };
    repositories.onPush(push => {
      announce(push).catch(error =>
        log(`A push could not be announced: ${error}`),
      );
    });
    return { handle: createForgeHandler(forge, context) };
  });
  return { ...served, repositories };
}
