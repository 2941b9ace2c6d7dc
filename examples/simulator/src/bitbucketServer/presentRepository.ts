// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from '../forge/ForgeRepositories';

/** Below which path Git finds a repository; the key of its project is in lower case there. */
export function gitPath(owner: string, name: string): string {
  return `/scm/${owner.toLowerCase()}/${name}.git`;
}

/** A project as the REST API shows it. */
export function presentProject(
  key: string,
  url: string,
): Record<string, unknown> {
  return {
    key,
    name: key,
    public: false,
    type: 'NORMAL',
    links: { self: [{ href: `${url}/projects/${key}` }] },
  };
}

/** A repository as the REST API shows it. */
export function presentRepository(
  repository: ForgeRepository,
  url: string,
): Record<string, unknown> {
  const record = repository.record.value;
  const { owner, name } = record;
  return {
    id: record.id,
    slug: name,
    name,
    description: record.description,
    scmId: 'git',
    state: 'AVAILABLE',
    statusMessage: 'Available',
    forkable: true,
    public: !record.private,
    archived: false,
    project: presentProject(owner, url),
    links: {
      clone: [
        {
          href: `ssh://git@localhost:7999${gitPath(owner, name).slice(4)}`,
          name: 'ssh',
        },
        { href: `${url}${gitPath(owner, name)}`, name: 'http' },
      ],
      self: [{ href: `${url}/projects/${owner}/repos/${name}/browse` }],
    },
  };
}
