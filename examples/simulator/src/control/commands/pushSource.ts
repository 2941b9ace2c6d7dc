// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { commitAsVisitor } from '../commitAsVisitor';
import { locateService } from '../locateService';
import { requireRepositoryHosts } from '../repositoryHosts';

const CHANGES = 'CHANGES.md';

/** Commits a change to the artifact repository, as a developer's push would. */
export async function pushSource(
  command: CommandOf<'push-source'>,
  context: ControlContext,
): Promise<string> {
  const { service, message, file = CHANGES } = command;
  const { artifact } = locateService(requireRepositoryHosts(context), service);
  const { commit, name } = await commitAsVisitor({
    context,
    repository: artifact,
    message,
    change: async read => {
      const now = context.clock.now().toISOString();
      const before = (await read(file)) ?? '';
      return { [file]: command.content ?? `${before}- ${now}: ${message}\n` };
    },
  });
  return `Committed ${commit.slice(0, 7)} to ${name}: ${message}`;
}
