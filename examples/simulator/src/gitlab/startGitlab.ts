// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { SimulatorClock } from '../clock';
import { ForgeAccounts, type ForgeAccount } from '../forge/ForgeAccounts';
import { ForgeRepositories, type Push } from '../forge/ForgeRepositories';
import { tellWebhooks } from '../forge/tellWebhooks';
import { FaultyHandler } from '../http/FaultyHandler';
import { serveFetch, type ServedAddress } from '../http/serveFetch';
import { createGitlabHandler } from './createGitlabHandler';
import { GitlabNamespaces } from './GitlabNamespaces';
import { presentProject } from './presentProject';

/** Options of {@link startGitlab}. */
export interface StartGitlabOptions {
  /** The port to listen on; 0 lets the operating system choose. */
  port: number;
  host?: string;
  /** Where the repositories are kept. */
  dataDir: string;
  clock: SimulatorClock;
  /** Who may push and use the REST API. */
  accounts: readonly ForgeAccount[];
  /** Which groups there are, with their subgroups; every name is one when absent. */
  groups?: readonly string[];
  /** The webhook of a project, by its clone address; it is told of every push. */
  webhook?: (gitUrl: string) => string;
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A running simulated GitLab. */
export interface RunningGitlab extends ServedAddress {
  /** Makes it misbehave. */
  handler: FaultyHandler;
  repositories: ForgeRepositories;
}

/** Starts the simulated GitLab: its REST API under `/api/v4` and git over smart HTTP. */
export async function startGitlab(
  options: StartGitlabOptions,
): Promise<RunningGitlab> {
  const { port, host, dataDir, clock, accounts, webhook, signal, log } =
    options;
  const repositories = ForgeRepositories.open({
    root: join(dataDir, 'repositories'),
    clock,
    recordFile: 'gitlab.json',
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
  const { url } = served;
  const namespaces = new GitlabNamespaces();
  answer = createGitlabHandler({
    repositories,
    namespaces,
    url,
    clock,
    accounts: new ForgeAccounts(accounts, options.groups),
  });
  const deliver = async ({ repository, branch, after, pusher }: Push) => {
    const { owner, name } = repository.record.value;
    log(`${pusher} pushed ${branch} of ${owner}/${name}`);
    if (webhook) {
      const headers = {
        'content-type': 'application/json',
        'x-gitlab-event': 'Push Hook',
      };
      await tellWebhooks(
        [{ url: webhook(`${url}/${owner}/${name}.git`), headers }],
        {
          body: JSON.stringify({
            object_kind: 'push',
            ref: `refs/heads/${branch}`,
            after,
            user_username: pusher,
            project: presentProject(repository, { url, namespaces }),
          }),
          signal,
          log,
        },
      );
    }
  };
  repositories.onPush(push => {
    deliver(push).catch(error =>
      log(`A push could not be announced: ${error}`),
    );
  });
  return { ...served, repositories, handler };
}
