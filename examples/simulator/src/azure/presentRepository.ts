// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from '../forge/ForgeRepositories';

/**
 * A repository as the REST API shows it; an empty one has no default branch.
 *
 * @param url - the address of the simulated Azure DevOps
 */
export function presentRepository(
  repository: ForgeRepository,
  url: string,
): Record<string, unknown> {
  const record = repository.record.value;
  const [organisation, project] = record.owner.split('/');
  const address = `${url}/${record.owner}/_git/${record.name}`;
  return {
    id: String(record.id),
    name: record.name,
    url: `${url}/${record.owner}/_apis/git/repositories/${record.id}`,
    project: { name: project, visibility: 'private' },
    ...(record.pushedAt
      ? { defaultBranch: `refs/heads/${record.defaultBranch}` }
      : {}),
    remoteUrl: address.replace('://', `://${organisation}@`),
    webUrl: address,
    isDisabled: false,
  };
}
