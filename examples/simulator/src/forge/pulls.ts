// SPDX-License-Identifier: Apache-2.0
import type { SimulatorClock } from '../clock';
import { mergeBranch } from '../git/mergeBranch';
import type { ForgeRepositories, ForgeRepository } from './ForgeRepositories';
import type { PullRequest } from './repositoryRecord';

/** Writes down a new pull request. */
export function addPull(
  repository: ForgeRepository,
  wanted: Omit<PullRequest, 'number' | 'state' | 'version' | 'reviewers'> & {
    reviewers?: string[];
  },
): PullRequest {
  const { record } = repository;
  const { pulls } = record.value;
  const pull: PullRequest = {
    reviewers: [],
    ...wanted,
    version: 0,
    number: pulls.length + 1,
    state: 'open',
  };
  record.write({ ...record.value, pulls: [...pulls, pull] });
  return pull;
}

/** The pull request of that number, if there is one. */
export function findPull(
  repository: ForgeRepository,
  number: string,
): PullRequest | undefined {
  return repository.record.value.pulls.find(
    pull => String(pull.number) === number,
  );
}

/** Changes what is written down of a pull request. */
export function changePull(
  repository: ForgeRepository,
  pull: PullRequest,
  change: Partial<PullRequest>,
): PullRequest {
  const changed = { ...pull, ...change, version: pull.version + 1 };
  const { record } = repository;
  record.write({
    ...record.value,
    pulls: record.value.pulls.map(one =>
      one.number === pull.number ? changed : one,
    ),
  });
  return changed;
}

/** Merges an open pull request; nothing when it cannot be merged. */
export async function mergePull(options: {
  repositories: ForgeRepositories;
  repository: ForgeRepository;
  clock: SimulatorClock;
  pull: PullRequest;
  login: string;
}): Promise<PullRequest | undefined> {
  const { repositories, repository, clock, pull, login } = options;
  if (pull.state === 'closed') {
    return undefined;
  }
  const date = clock.now().toISOString();
  const sha = await repositories.change({
    repository,
    pusher: login,
    run: () =>
      mergeBranch(repository.git, {
        base: pull.base,
        head: pull.head,
        message: `Merge pull request #${pull.number}\n\n${pull.title}`,
        author: {
          name: login,
          email: `${login}@users.noreply.example.com`,
          date,
        },
      }),
  });
  return sha
    ? changePull(repository, pull, {
        state: 'closed',
        mergedAt: date,
        mergeCommit: sha,
      })
    : undefined;
}
