// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from '../forge/ForgeRepositories';
import type { GitlabContext } from './GitlabContext';

/** A project as the REST API shows it. */
export function presentProject(
  repository: ForgeRepository,
  { url, namespaces }: Pick<GitlabContext, 'url' | 'namespaces'>,
): Record<string, unknown> {
  const record = repository.record.value;
  const path = `${record.owner}/${record.name}`;
  return {
    id: record.id,
    name: record.name,
    path: record.name,
    path_with_namespace: path,
    description: record.description ?? null,
    visibility: record.private ? 'private' : 'public',
    default_branch: record.pushedAt ? record.defaultBranch : null,
    empty_repo: record.pushedAt === undefined,
    web_url: `${url}/${path}`,
    http_url_to_repo: `${url}/${path}.git`,
    namespace: {
      id: namespaces.idOf(record.owner),
      full_path: record.owner,
    },
    created_at: record.createdAt,
    last_activity_at: record.pushedAt ?? record.createdAt,
  };
}
