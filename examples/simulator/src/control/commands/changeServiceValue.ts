// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import { changeValue } from '../changeValue';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { commitAsVisitor } from '../commitAsVisitor';
import { locateService } from '../locateService';
import { requireRepositoryHosts } from '../repositoryHosts';

/** Commits a changed value to the chart repository, as an operator's push would. */
export async function changeServiceValue(
  command: CommandOf<'change-value'>,
  context: ControlContext,
): Promise<string> {
  const { service, environment, key, value } = command;
  const { chart } = locateService(requireRepositoryHosts(context), service);
  const file = environment ? `values-${environment}.yaml` : 'values.yaml';
  const message = command.message ?? `Set ${key} to ${value} in ${file}`;
  const { commit, name } = await commitAsVisitor({
    context,
    repository: chart,
    message,
    change: async read => {
      const text = await read(file);
      if (text === undefined) {
        throw new NotFoundError(
          `The chart repository of '${service}' has no file ${file}`,
        );
      }
      return { [file]: changeValue(text, key, value) };
    },
  });
  return `Committed ${commit.slice(0, 7)} to ${name}: ${message}`;
}
