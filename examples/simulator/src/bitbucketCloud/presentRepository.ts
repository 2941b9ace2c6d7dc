// SPDX-License-Identifier: Apache-2.0
import type { ForgeRepository } from '../forge/ForgeRepositories';
import { WEB } from './BitbucketCloudContext';

/** A repository as the REST API shows it, to somebody whose name is in its clone address. */
export function presentRepository(
  repository: ForgeRepository,
  login: string,
): Record<string, unknown> {
  const record = repository.record.value;
  const name = `${record.owner}/${record.name}`;
  return {
    type: 'repository',
    full_name: name,
    name: record.name,
    slug: record.name,
    description: record.description ?? '',
    is_private: record.private,
    scm: 'git',
    mainbranch: record.pushedAt
      ? { type: 'branch', name: record.defaultBranch }
      : null,
    workspace: { type: 'workspace', slug: record.owner },
    links: {
      html: { href: `${WEB}/${name}` },
      clone: [
        {
          name: 'https',
          href: `${WEB.replace('//', `//${login}@`)}/${name}.git`,
        },
        { name: 'ssh', href: `git@bitbucket.org:${name}.git` },
      ],
    },
  };
}
