// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from '../forge/ForgeRepositories';

/**
 * A repository as the REST API shows it.
 *
 * @param url - the address of the simulated Gitea
 */
export function presentRepository(
  repository: ForgeRepository,
  url: string,
): Record<string, unknown> {
  const record = repository.record.value;
  const path = `${record.owner}/${record.name}`;
  return {
    id: record.id,
    name: record.name,
    full_name: path,
    owner: { login: record.owner },
    description: record.description ?? '',
    private: record.private,
    empty: record.pushedAt === undefined,
    // It names one even when there is no branch yet.
    default_branch: record.defaultBranch,
    html_url: `${url}/${path}`,
    clone_url: `${url}/${path}.git`,
    created_at: record.createdAt,
    updated_at: record.pushedAt ?? record.createdAt,
  };
}
