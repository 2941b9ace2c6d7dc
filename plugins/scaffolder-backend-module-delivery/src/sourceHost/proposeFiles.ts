// SPDX-License-Identifier: Apache-2.0
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';
import type { RepositoryBranch } from './SourceHost';

/** Files of the workspace that people are asked to take into their repository. */
export type Proposal = RepositoryBranch &
  PullRequestWords & {
    workspacePath: string;
    /** The folder in the workspace. */
    sourcePath: string;
  };

/** A file that is to be added or changed. */
export type FileChange = {
  path: string;
  content: Buffer;
  executable: boolean;
  /** Whether there is a file at that path already. */
  there: boolean;
};

/** What is needed of a repository to ask people to take files into it. */
export type PullRequests = {
  /** Undefined for an empty repository. */
  defaultBranch(): Promise<string | undefined>;
  hasBranch(branch: string): Promise<boolean>;
  readText(branch: string, path: string): Promise<string | undefined>;
  /** Adds one commit to a branch, which begins at another when it is not there yet. */
  commit(wanted: {
    branch: string;
    startBranch?: string;
    message: string;
    changes: readonly FileChange[];
  }): Promise<void>;
  /** The number of the open one from a branch. */
  findOpen(branch: string): Promise<number | undefined>;
  /** Changes its words; gives its address. */
  change(number: number, words: PullRequestWords): Promise<string>;
  /** Opens one; gives its address. */
  open(
    wanted: PullRequestWords & { from: string; into: string },
  ): Promise<string>;
};

/** What a pull request says. */
export type PullRequestWords = { title: string; description: string };

/**
 * Opens a pull request with the files that differ from the default branch, or brings the open
 * one up to date; what people added to its branch stays.
 *
 * @returns where it is; undefined when nothing differs.
 * @throws InputError when the repository is empty.
 */
export async function proposeFiles(
  proposal: Proposal,
  pulls: PullRequests,
): Promise<string | undefined> {
  const { branch, title, description } = proposal;
  const files = await serializeDirectoryContents(
    resolveSafeChildPath(proposal.workspacePath, proposal.sourcePath),
    { gitignore: true },
  );
  const changesTo = async (base: string) => {
    const changes: FileChange[] = [];
    for (const { path, content, executable = false } of files) {
      const text = await pulls.readText(base, path);
      if (text !== content.toString('utf8')) {
        changes.push({ path, content, executable, there: text !== undefined });
      }
    }
    return changes;
  };

  const target = await pulls.defaultBranch();
  if (!target) {
    throw new InputError(
      `${proposal.organisation}/${proposal.repository} is empty; push its first commit, then try again`,
    );
  }
  const missing = await changesTo(target);
  if (missing.length === 0) {
    return undefined;
  }
  const begun = await pulls.hasBranch(branch);
  const changes = begun ? await changesTo(branch) : missing;
  if (changes.length > 0) {
    await pulls.commit({
      branch,
      ...(begun ? {} : { startBranch: target }),
      message: title,
      changes,
    });
  }
  const words = { title, description };
  const open = await pulls.findOpen(branch);
  return open === undefined
    ? pulls.open({ ...words, from: branch, into: target })
    : pulls.change(open, words);
}
