// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from '../forge/ForgeRepositories';
import type { GithubUrls } from './GithubUrls';

/** A repository as the REST API shows it. */
export function presentRepository(
  repository: ForgeRepository,
  urls: GithubUrls,
): Record<string, unknown> {
  const record = repository.record.value;
  const { owner, name } = record;
  const api = urls.api('repos', owner, name);
  return {
    id: record.id,
    node_id: Buffer.from(`Repository${record.id}`).toString('base64'),
    name,
    full_name: `${owner}/${name}`,
    owner: presentOwner(owner, urls),
    private: record.private,
    visibility: record.private ? 'private' : 'public',
    description: record.description ?? null,
    homepage: record.homepage ?? null,
    fork: false,
    archived: false,
    disabled: false,
    url: api,
    html_url: urls.page(owner, name),
    clone_url: urls.clone(owner, name),
    git_url: urls.clone(owner, name),
    archive_url: `${api}/{archive_format}{/ref}`,
    branches_url: `${api}/branches{/branch}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    hooks_url: `${api}/hooks`,
    pulls_url: `${api}/pulls{/number}`,
    statuses_url: `${api}/statuses/{sha}`,
    trees_url: `${api}/git/trees{/sha}`,
    default_branch: record.defaultBranch,
    topics: record.topics,
    created_at: record.createdAt,
    updated_at: record.pushedAt ?? record.createdAt,
    pushed_at: record.pushedAt ?? record.createdAt,
    size: record.pushedAt ? 1 : 0,
    permissions: { admin: true, maintain: true, push: true, pull: true },
  };
}

/** An organisation that owns repositories, as the REST API shows it. */
export function presentOwner(
  login: string,
  urls: GithubUrls,
): Record<string, unknown> {
  return {
    login,
    id: idOf(login),
    type: 'Organization',
    html_url: urls.page(login),
    url: urls.api('orgs', login),
    site_admin: false,
  };
}

/** A person or machine account, as the REST API shows it. */
export function presentUser(
  login: string,
  urls: GithubUrls,
): Record<string, unknown> {
  return {
    ...presentOwner(login, urls),
    type: 'User',
    url: urls.api('users', login),
  };
}

function idOf(login: string): number {
  return [...login].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000,
    7,
  );
}
