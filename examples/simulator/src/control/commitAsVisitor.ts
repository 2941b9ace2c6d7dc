// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { commitFiles } from '../git/commitFiles';
import type { ForgeRepository } from '../forge/ForgeRepositories';
import type { ControlContext } from './ControlContext';

const VISITOR = 'visitor';

/** Options of {@link commitAsVisitor}. */
export interface CommitAsVisitorOptions {
  context: ControlContext;
  repository: ForgeRepository;
  message: string;
  /** The new content of the files to change; `read` gives a file's present text. */
  change(
    read: (path: string) => Promise<string | undefined>,
  ): Promise<Record<string, string>>;
}

/**
 * Adds a commit to a repository's default branch in the name of the demo's visitor, and
 * lets its host announce it as a push.
 *
 * @throws ConflictError when the files already have that content.
 */
export async function commitAsVisitor(
  options: CommitAsVisitorOptions,
): Promise<{ commit: string; name: string }> {
  const { context, repository, message, change } = options;
  const { owner, name, defaultBranch } = repository.record.value;
  const commit = await repository.forge.change({
    repository,
    pusher: VISITOR,
    run: async () => {
      const head = await repository.git.resolve(defaultBranch);
      const read = async (path: string) =>
        head ? repository.git.text(head, path) : undefined;
      const files = await change(read);
      for (const [path, content] of Object.entries(files)) {
        if ((await read(path)) === content) {
          throw new ConflictError(`${path} already has that content`);
        }
      }
      return commitFiles(repository.git, {
        branch: defaultBranch,
        message,
        author: {
          name: 'Visitor',
          email: `${VISITOR}@${owner}.example`,
          date: context.clock.now().toISOString(),
        },
        files,
      });
    },
  });
  return { commit, name: `${owner}/${name}` };
}
