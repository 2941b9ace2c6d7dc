// SPDX-License-Identifier: Apache-2.0
import type { SimulatorClock } from '../clock';
import type { FetchRouter } from '../http/FetchRouter';
import type { ForgeAccounts } from './ForgeAccounts';
import type { ForgeRepositories, Push } from './ForgeRepositories';
import type { WebhookCall } from './tellWebhooks';

/** What the routes of every simulated host of repositories work with. */
export interface ForgeContext {
  repositories: ForgeRepositories;
  accounts: ForgeAccounts;
  /** Its own address without a slash at the end. */
  url: string;
  clock: SimulatorClock;
}

/** What is one product's own; all the rest is the same for every simulated host. */
export interface Forge {
  /** The address that it is known by, when that is not its own. */
  web?: string;
  /** Adds its REST API, and its pages if it has some. */
  addRoutes(router: FetchRouter): void;
  /** An error as its REST API words it. */
  error(status: number, message: string): Response;
  /**
   * The path below which Git finds a repository, which may be asked for without the `.git` at
   * its end; `/<owner>/<name>.git` when absent.
   */
  gitPath?(owner: string, name: string): string;
  /** What it says of a push, and to whom besides the given webhooks. */
  announce(
    push: Push,
    webhooks: readonly string[],
  ): Promise<{ body: string; calls: WebhookCall[] }>;
}

/** Below which path Git finds a repository. */
export function gitPathOf(
  forge: Pick<Forge, 'gitPath'>,
  repository: { owner: string; name: string },
): string {
  const { owner, name } = repository;
  return forge.gitPath?.(owner, name) ?? `/${owner}/${name}.git`;
}
