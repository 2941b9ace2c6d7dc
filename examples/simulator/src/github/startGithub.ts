// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { SimulatorClock } from '../clock';
import { ServedAddress, serveFetch } from '../http/serveFetch';
import { createGithubHandler } from './createGithubHandler';
import { deliverPush } from './deliverPush';
import { GithubAccount, GithubAccounts } from './GithubAccounts';
import { GithubRepositories } from './GithubRepositories';
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
  accounts: readonly GithubAccount[];
  /** Addresses that are told of every push to any repository. */
  webhooks: readonly string[];
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated GitHub. */
export interface RunningGithub extends ServedAddress {
  repositories: GithubRepositories;
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
  const repositories = GithubRepositories.open({
    root: join(dataDir, 'repositories'),
    clock,
  });
  let handle = async (_: Request): Promise<Response> =>
    new Response('starting', { status: 503 });
  const served = await serveFetch({
    port,
    host,
    signal,
    handle: request => handle(request),
  });
  const urls = new GithubUrls(served.url);
  repositories.onPush(push => {
    const { owner, name } = push.repository.record.value;
    log(`${push.pusher} pushed ${push.branch} of ${owner}/${name}`);
    deliverPush(push, { webhooks, urls, signal, log }).catch(error =>
      log(`A push could not be announced: ${error}`),
    );
  });
  handle = createGithubHandler({
    repositories,
    urls,
    clock,
    accounts: new GithubAccounts(accounts),
  });
  return { ...served, repositories };
}
