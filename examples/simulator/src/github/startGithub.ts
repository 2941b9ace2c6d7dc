// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { SimulatorClock } from '../clock';
import { FaultyHandler } from '../http/FaultyHandler';
import { ServedAddress, serveFetch } from '../http/serveFetch';
import { createGithubHandler } from './createGithubHandler';
import { deliverPush } from './deliverPush';
import { ForgeAccount, ForgeAccounts } from '../forge/ForgeAccounts';
import { ForgeRepositories } from '../forge/ForgeRepositories';
import { GithubUrls } from './GithubUrls';

/** Options of {@link startGithub}. */
export interface StartGithubOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  host?: string;
  /** Where the repositories are kept. */
  dataDir: string;
  clock: SimulatorClock;
  /** Who may push and use the REST API. */
  accounts: readonly ForgeAccount[];
  /** Which organisations there are; every name is one when absent. */
  organisations?: readonly string[];
  /** Addresses that are told of every push to any repository. */
  webhooks: readonly string[];
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated GitHub. */
export interface RunningGithub extends ServedAddress {
  /** Makes it misbehave. */
  handler: FaultyHandler;
  repositories: ForgeRepositories;
}

/**
 * Starts the simulated GitHub: its REST API under `/api/v3`, git over smart HTTP, and a
 * simple web view.
 */
export async function startGithub(
  options: StartGithubOptions,
): Promise<RunningGithub> {
  const { port, host, dataDir, clock, accounts, webhooks, signal, log } =
    options;
  const repositories = ForgeRepositories.open({
    root: join(dataDir, 'repositories'),
    clock,
    recordFile: 'github.json',
  });
  // Its answers name its own address, which is known once it listens.
  let answer = async (_: Request): Promise<Response> =>
    new Response('Starting\n', { status: 503 });
  const handler = new FaultyHandler(request => answer(request));
  const served = await serveFetch({
    port,
    host,
    signal,
    handle: request => handler.handle(request),
  });
  const urls = new GithubUrls(served.url);
  answer = createGithubHandler({
    repositories,
    urls,
    clock,
    accounts: new ForgeAccounts(accounts, options.organisations),
  });
  repositories.onPush(push => {
    const { owner, name } = push.repository.record.value;
    log(`${push.pusher} pushed ${push.branch} of ${owner}/${name}`);
    deliverPush(push, { webhooks, urls, signal, log }).catch(error =>
      log(`A push could not be announced: ${error}`),
    );
  });
  return {
    ...served,
    repositories,
    handler,
  };
}
