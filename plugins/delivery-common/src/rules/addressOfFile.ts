// SPDX-License-Identifier: Apache-2.0
import type { SourceHostType } from './sourceHosts';

/**
 * The web address of a file of a repository, as Backstage reads it.
 *
 * @remarks
 * Of those on Azure DevOps Backstage reads branches only, no commits.
 *
 * @public
 */
export function addressOfFile(options: {
  type: SourceHostType;
  /** Its web address, as `repositoryOfLocation` gives it. */
  repository: string;
  at: { branch: string } | { commit: string };
  path: string;
}): string {
  const { type, repository, at, path } = options;
  const ref = 'commit' in at ? at.commit : at.branch;
  switch (type) {
    // Backstage reads this form on a GitLab, too, and there it is led to /-/blob/
    case 'github':
    case 'gitlab':
      return `${repository}/blob/${ref}/${path}`;
    case 'gitea': {
      const kind = 'commit' in at ? 'commit' : 'branch';
      return `${repository}/src/${kind}/${ref}/${path}`;
    }
    case 'bitbucketServer':
      return `${repository}/browse/${path}?at=${encodeURIComponent(ref)}`;
    case 'bitbucketCloud':
      return `${repository}/src/${ref}/${path}`;
    case 'azure': {
      const version = `${'commit' in at ? 'GC' : 'GB'}${encodeURIComponent(
        ref,
      )}`;
      return `${repository}?path=/${path}&version=${version}`;
    }
    default:
      return type satisfies never;
  }
}
